package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lanes of one network that this process holds. Owned by the desk's thread. */
final class Holdings {

    /** Holds the list of followed blocks, as a lane does its sender: no account has this key. */
    private static final PublicKey CHAIN = PublicKey.ZERO;

    private final BlockHash network;
    private final LaneStore lanes;
    private final ReplicaId replica;
    private final Set<PublicKey> held = new HashSet<>();

    private Holdings(BlockHash network, LaneStore lanes, ReplicaId replica) {
        this.network = network;
        this.lanes = lanes;
        this.replica = replica;
    }

    /** Joins the other processes and takes every free lane that has open transfers. */
    static Holdings join(BlockHash network, LaneStore lanes, ReplicaId replica, Duration lease) {
        lanes.join(replica, lease);
        Holdings holdings = new Holdings(network, lanes, replica);
        holdings.adopt();
        return holdings;
    }

    ReplicaId replica() {
        return replica;
    }

    boolean isShared() {
        return lanes.isShared();
    }

    boolean holds(PublicKey sender) {
        return held.contains(sender);
    }

    int size() {
        return held.size();
    }

    /** Whether it is this process that writes down which blocks were followed. */
    boolean keepsChain() {
        return held.contains(CHAIN);
    }

    /** Renews the lease, frees the lanes of the dead, and takes free ones; returns those that are new. */
    Set<PublicKey> tend() {
        if (!lanes.renew(replica)) {
            throw new LostLeaseException(replica);
        }
        lanes.buryExpired();
        return adopt();
    }

    /** Takes lanes if they are free; returns those that are new. */
    Set<PublicKey> claim(Collection<PublicKey> senders) {
        List<PublicKey> missing =
                senders.stream().distinct().filter(sender -> !holds(sender)).toList();
        if (missing.isEmpty()) {
            return Set.of();
        }
        Set<PublicKey> claimed = lanes.claim(network, replica, missing);
        held.addAll(claimed);
        return claimed;
    }

    void release(Collection<PublicKey> senders) {
        if (!senders.isEmpty()) {
            lanes.release(network, replica, senders);
            held.removeAll(Set.copyOf(senders));
        }
    }

    private Set<PublicKey> adopt() {
        lanes.adopt(network, replica);
        claim(List.of(CHAIN));
        Set<PublicKey> adopted = new HashSet<>(lanes.held(network, replica));
        adopted.removeAll(held);
        held.addAll(adopted);
        adopted.remove(CHAIN);
        return adopted;
    }
}
