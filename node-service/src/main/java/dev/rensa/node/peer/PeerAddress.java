package dev.rensa.node.peer;

/**
 * Where a node may listen. A host may be a name or a literal address; names are resolved again at every dial.
 *
 * @param host 1 to 253 characters
 * @param port 1 to 65,535
 */
public record PeerAddress(String host, int port) {

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
