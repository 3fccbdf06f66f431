package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import java.util.Optional;

/** A node's own rule about whom it is linked to, beside those of the protocol. It blames nobody. */
@FunctionalInterface
public interface LinkRule {

    /** Anybody. */
    LinkRule ANYBODY = _ -> Optional.empty();

    /** Why there may be no link to that node, whoever dials; empty if there may. From any thread, and quickly. */
    Optional<Rejection> judge(NodeKey key);
}
