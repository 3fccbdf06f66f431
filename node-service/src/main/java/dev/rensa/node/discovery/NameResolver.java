package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks the domain name system. Each answer is fresh; a name without an answer gives an empty list or a failed stage. */
public interface NameResolver {

    /** The A and AAAA records of a name. */
    CompletionStage<List<InetAddress>> addresses(String name);

    /** Targets and ports of a name's SRV records, in order of priority. */
    CompletionStage<List<PeerAddress>> services(String name);
}
