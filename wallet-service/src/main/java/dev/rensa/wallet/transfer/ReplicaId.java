package dev.rensa.wallet.transfer;

import java.util.UUID;

/** Name of one life of a wallet process: whoever lost its lease comes back under another one. */
public record ReplicaId(String value) {

    static ReplicaId fresh() {
        return new ReplicaId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
