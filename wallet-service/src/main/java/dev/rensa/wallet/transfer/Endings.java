package dev.rensa.wallet.transfer;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How often transfers ended in which way, since the start of this process. Safe for use by several threads. */
public final class Endings {

    /** A way to end. */
    public enum Ending {
        /** Paid, with as many confirmations as are asked for. */
        FINAL,
        /** It could never be mined. */
        FAILED,
        /** Somebody ordered that it be not paid. */
        CANCELLED,
        /** Another transaction of the account used its nonce. */
        REPLACED,
        /** The chain passed its last valid height. */
        EXPIRED;

        /** The name in metrics. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Ending, LongAdder> counts = new EnumMap<>(Ending.class);

    Endings() {
        for (Ending ending : Ending.values()) {
            counts.put(ending, new LongAdder());
        }
    }

    /** What was made durable; steps that end nothing count for nothing. */
    void count(Collection<Transition> committed) {
        for (Transition transition : committed) {
            Transfer after = transition.after();
            if (!after.state().isOpen()) {
                adder(ending(after)).increment();
            }
        }
    }

    private static Ending ending(Transfer ended) {
        if (Changes.CANCELLED.equals(ended.reasonCode())) {
            return Ending.CANCELLED;
        }
        return switch (ended.state()) {
            case FINAL -> Ending.FINAL;
            case REPLACED -> Ending.REPLACED;
            case EXPIRED -> Ending.EXPIRED;
            case FAILED, REQUESTED, RESERVED, SIGNED, SUBMITTED, MINED -> Ending.FAILED;
        };
    }

    /** How often transfers ended so. */
    public long count(Ending ending) {
        return adder(ending).sum();
    }

    private LongAdder adder(Ending ending) {
        return Objects.requireNonNull(counts.get(ending));
    }
}
