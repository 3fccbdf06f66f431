package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Which process holds which sender's lane. A process joins under a fresh name with a lease; each of its writes renews the
 * lease or fails with {@link LostLeaseException}. Once a lease has run out by the database's clock, anybody may bury its
 * holder, which frees its lanes and fences its writes. Every method throws {@link StoreException} when the storage fails.
 */
public interface LaneStore {

    /** Whether other processes may use the same storage. If not, joining buries everyone else. */
    boolean isShared();

    /** Joins under a name that nobody had. */
    void join(ReplicaId replica, Duration lease);

    /** Leaves; its lanes are free at once. */
    void leave(ReplicaId replica);

    /** Renews a lease; false when it is lost. */
    boolean renew(ReplicaId replica);

    /** Frees the lanes of all whose lease has run out. */
    void buryExpired();

    /** Takes every free lane that has open transfers. */
    void adopt(BlockHash network, ReplicaId replica);

    /** Takes those lanes that are free; returns those of them that it holds now. */
    Set<PublicKey> claim(BlockHash network, ReplicaId replica, Collection<PublicKey> senders);

    /** All lanes that it holds. */
    Set<PublicKey> held(BlockHash network, ReplicaId replica);

    void release(BlockHash network, ReplicaId replica, Collection<PublicKey> senders);
}
