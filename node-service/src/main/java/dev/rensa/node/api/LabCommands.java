package dev.rensa.node.api;

import dev.rensa.node.lab.Lab;
import dev.rensa.node.lab.LinkFault;
import dev.rensa.node.lab.StandingFault;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LabView.LinkFaultView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.crypto.PublicKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cutting, delaying, losing and healing. */
@ApplicationScoped
class LabCommands {

    /** Longest time after which a fault heals by itself. */
    private static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(1);

    /** A seed that the node chooses is a number that JavaScript keeps exactly. */
    private static final long SEEDS = 1L << 53;

    private final LabControl lab;

    LabCommands(LabControl lab) {
        this.lab = lab;
    }

    LabView view() {
        return new LabView(
                lab.enabled(),
                lab.faults().entrySet().stream()
                        .map(each -> view(each.getKey(), each.getValue()))
                        .toList());
    }

    private static LinkFaultView view(NodeKey key, StandingFault standing) {
        LinkFault fault = standing.fault();
        return new LinkFaultView(
                key.toString(),
                fault.cut(),
                fault.delayMillis(),
                fault.jitterMillis(),
                fault.lossPercent(),
                fault.seed(),
                standing.untilMillis().isPresent() ? standing.untilMillis().getAsLong() : null);
    }

    CompletionStage<LabView> disturb(String nodeKey, @Nullable LinkFaultRequest request) {
        if (request != null && request.nodeKeys() != null) {
            throw RequestChecks.malformed("the path names the node: leave `nodeKeys` out");
        }
        return disturb(List.of(key(nodeKey)), request);
    }

    CompletionStage<LabView> disturbAll(@Nullable LinkFaultRequest request) {
        if (request == null || request.nodeKeys() == null) {
            throw RequestChecks.malformed("`nodeKeys` is missing: whose links?");
        }
        RequestChecks.inRange("length of nodeKeys", request.nodeKeys().size(), 1, Lab.MAX_FAULTS);
        return disturb(
                request.nodeKeys().stream().map(LabCommands::key).distinct().toList(), request);
    }

    private CompletionStage<LabView> disturb(List<NodeKey> keys, @Nullable LinkFaultRequest request) {
        if (request == null) {
            throw RequestChecks.malformed("the body is missing: what is to be done to the link?");
        }
        LinkFault fault = fault(request);
        Long seconds = request.forSeconds();
        OptionalLong forMillis = seconds == null
                ? OptionalLong.empty()
                : OptionalLong.of(
                        TimeUnit.SECONDS.toMillis(RequestChecks.inRange("forSeconds", seconds, 1, MAX_SECONDS)));
        return lab.disturb(keys, fault, forMillis).thenApply(_ -> view());
    }

    private static LinkFault fault(LinkFaultRequest request) {
        LinkFault fault = new LinkFault(
                Objects.requireNonNullElse(request.cut(), false),
                number("delayMillis", request.delayMillis(), LinkFault.MAX_DELAY_MILLIS),
                number("jitterMillis", request.jitterMillis(), LinkFault.MAX_DELAY_MILLIS),
                number("lossPercent", request.lossPercent(), LinkFault.MAX_LOSS_PERCENT),
                request.seed() == null ? ThreadLocalRandom.current().nextLong(SEEDS) : request.seed());
        if (fault.isNone()) {
            throw RequestChecks.malformed(
                    "nothing is asked for: name `cut`, `delayMillis`, `jitterMillis` or `lossPercent`, or heal with DELETE");
        }
        if (fault.cut() && (fault.delayMillis() > 0 || fault.jitterMillis() > 0 || fault.lossPercent() > 0)) {
            throw RequestChecks.malformed("a link that is cut has neither delay nor loss: leave them out");
        }
        return fault;
    }

    private static int number(String name, @Nullable Integer value, int most) {
        return value == null ? 0 : (int) RequestChecks.inRange(name, value, 0, most);
    }

    CompletionStage<LabView> heal(String nodeKey) {
        return lab.heal(key(nodeKey)).thenApply(_ -> view());
    }

    CompletionStage<LabView> healAll() {
        return lab.healAll().thenApply(_ -> view());
    }

    private static NodeKey key(@Nullable String hex) {
        try {
            return new NodeKey(PublicKey.fromHex(Objects.requireNonNullElse(hex, "")));
        } catch (IllegalArgumentException e) {
            throw RequestChecks.malformed("a node key has 64 hexadecimal digits: " + e.getMessage());
        }
    }
}
