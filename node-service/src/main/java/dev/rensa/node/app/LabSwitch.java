package dev.rensa.node.app;

import dev.rensa.node.api.LabControl;
import dev.rensa.node.api.ProblemException;
import dev.rensa.node.lab.Lab;
import dev.rensa.node.lab.LinkFault;
import dev.rensa.node.lab.StandingFault;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The node's lab, if it has one, on the writer thread. */
final class LabSwitch implements LabControl {

    private static final Rejection OFF = new Rejection(
            RejectionReason.LAB_OFF,
            "this node has no lab: start it with rensa.lab.enabled=true, on a network that may be broken");

    private final Optional<Lab> lab;
    private final WriterThread writer;

    LabSwitch(Optional<Lab> lab, WriterThread writer) {
        this.lab = lab;
        this.writer = writer;
    }

    @Override
    public boolean enabled() {
        return lab.isPresent();
    }

    @Override
    public Map<NodeKey, StandingFault> faults() {
        return lab.map(Lab::faults).orElse(Map.of());
    }

    @Override
    public CompletionStage<Void> disturb(List<NodeKey> keys, LinkFault fault, OptionalLong forMillis) {
        return order(it -> it.disturb(keys, fault, forMillis));
    }

    @Override
    public CompletionStage<Void> heal(NodeKey key) {
        return order(healing(it -> it.heal(key)));
    }

    @Override
    public CompletionStage<Void> healAll() {
        return order(healing(Lab::healAll));
    }

    private static Function<Lab, Optional<Rejection>> healing(Consumer<Lab> deed) {
        return it -> {
            deed.accept(it);
            return Optional.empty();
        };
    }

    private CompletionStage<Void> order(Function<Lab, Optional<Rejection>> deed) {
        Lab present = lab.orElseThrow(() -> new ProblemException(OFF));
        return writer.call(() -> deed.apply(present))
                .thenAccept(refusal -> refusal.ifPresent(why -> {
                    throw new ProblemException(why);
                }));
    }
}
