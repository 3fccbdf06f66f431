package dev.rensa.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published test vectors under {@code src/test/resources/vectors}; their sources are named there. */
public final class VectorFile {

    private VectorFile() {}

    /** All lines but comments, which begin with {@code #}, and empty ones. */
    public static List<String> lines(String path) {
        return allLines(path).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** All lines. */
    public static List<String> allLines(String path) {
        try (InputStream stream = VectorFile.class.getResourceAsStream("/vectors/" + path)) {
            if (stream == null) {
                throw new IllegalArgumentException("no test vectors at " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
