package dev.rensa.node.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that a fuzzer found worth keeping: those of past findings, and some that reach far. */
final class KeptInputs {
    private KeptInputs() {}

    static List<byte[]> of(FuzzTarget target) {
        var folder = KeptInputs.class.getResource("/fuzz/" + target.label());
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<byte[]> inputs = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("test resources are files", e);
        }
    }
}
