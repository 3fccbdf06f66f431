package dev.rensa.network.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * Where the processes of {@code ./rensa up} listen.
 *
 * @param nodes base addresses of node-1, node-2 and so on
 */
public record NetworkSettings(List<URI> nodes, URI wallet, URI explorer) {
    public NetworkSettings {
        nodes = List.copyOf(nodes);
    }

    /** Reads what {@code up} wrote. */
    public static NetworkSettings read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The settings of the network cannot be read from " + file, e);
        }
        int firstNode = number(properties, "node-port");
        List<URI> nodes = IntStream.range(0, number(properties, "nodes"))
                .mapToObj(index -> loopback(firstNode + index))
                .toList();
        return new NetworkSettings(
                nodes, loopback(number(properties, "wallet-port")), loopback(number(properties, "explorer-port")));
    }

    /** Name of a node as {@code ./rensa} knows it, by its position in {@link #nodes}. */
    public static String nodeName(int index) {
        return "node-" + (index + 1);
    }

    private static int number(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The settings of the network lack " + name + "; ./rensa up writes them");
        }
        return Integer.parseInt(value);
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
