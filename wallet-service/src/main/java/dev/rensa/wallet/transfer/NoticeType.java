package dev.rensa.wallet.transfer;

import dev.rensa.wallet.received.ReceivedState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a step is: what it happened to, and the state that it came to. */
public enum NoticeType {
    TRANSFER_REQUESTED,
    TRANSFER_RESERVED,
    TRANSFER_SIGNED,
    TRANSFER_SUBMITTED,
    TRANSFER_MINED,
    TRANSFER_FINAL,
    TRANSFER_FAILED,
    TRANSFER_REPLACED,
    TRANSFER_EXPIRED,
    RECEIVED_MINED,
    RECEIVED_FINAL,
    RECEIVED_ORPHANED;

    private static final String TRANSFER = "TRANSFER_";
    private static final String RECEIVED = "RECEIVED_";

    static NoticeType of(TransferState state) {
        return valueOf(TRANSFER + state.name());
    }

    static NoticeType of(ReceivedState state) {
        return valueOf(RECEIVED + state.name());
    }

    /** The state that a transfer came to, if it is a step of one. */
    public Optional<TransferState> transferState() {
        return Arrays.stream(TransferState.values())
                .filter(state -> of(state) == this)
                .findFirst();
    }

    /** The state that a received payment came to, if it is a step of one. */
    public Optional<ReceivedState> receivedState() {
        return Arrays.stream(ReceivedState.values())
                .filter(state -> of(state) == this)
                .findFirst();
    }

    /** The name in API and database, such as {@code transfer.final}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** The types that a name means: one, or with {@code transfer} or {@code received} all of those; none if unknown. */
    public static Set<NoticeType> named(String name) {
        Set<NoticeType> named = EnumSet.noneOf(NoticeType.class);
        for (NoticeType type : values()) {
            if (type.code().equals(name) || type.code().startsWith(name + ".")) {
                named.add(type);
            }
        }
        return named;
    }
}
