package dev.rensa.protocol.state;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.Optional;

/**
 * All accounts of one bucket.
 *
 * @param accounts in the ascending order of their keys, all of the same bucket
 */
public record StateBucket(List<AccountState> accounts) {

    /**
     * A bucket with more accounts travels in parts of so many (768 KiB), the last of which may be smaller: keys are whatever
     * senders choose to pay to, so any bucket can become large. A power of two, so that the roots of the parts lead to the
     * bucket's.
     */
    public static final int PART_ACCOUNTS = 16_384;

    /** Takes a copy of the list. */
    public StateBucket {
        accounts = List.copyOf(accounts);
    }

    /**
     * Reads a bucket or a part of one: a u31 count and that many accounts; bytes may follow.
     *
     * @param bucket the bucket that they must lie in
     * @throws MalformedException if there are more than {@link #PART_ACCOUNTS}, an account lies elsewhere, or they do not
     *     ascend
     */
    public static StateBucket read(ByteReader reader, int bucket) {
        StateBucket read = new StateBucket(reader.readList(PART_ACCOUNTS, AccountState.BYTES, AccountState::read));
        if (!read.isOrdered(bucket)) {
            throw new MalformedException(
                    RejectionReason.NOT_CANONICAL,
                    "the accounts of bucket " + bucket + " do not ascend or lie elsewhere");
        }
        return read;
    }

    public void write(ByteWriter writer) {
        writer.writeList(accounts, (w, account) -> account.write(w));
    }

    /** Bytes that {@link #write} takes. */
    public int size() {
        return Integer.BYTES + accounts.size() * AccountState.BYTES;
    }

    /** RFC 6962 root over the leaves. */
    public Hash root() {
        return MerkleTree.rootOfBytes(
                accounts.stream().map(AccountState::toBytes).toList());
    }

    /** The account with this key, if it is here. */
    public Optional<AccountState> find(PublicKey key) {
        return accounts.stream().filter(account -> account.key().equals(key)).findFirst();
    }

    /** Whether all accounts lie in this bucket, ascend by key, and exist. */
    boolean isOrdered(int bucket) {
        for (int i = 0; i < accounts.size(); i++) {
            AccountState account = accounts.get(i);
            boolean ascends = i == 0 || accounts.get(i - 1).key().compareTo(account.key()) < 0;
            if (!ascends || account.bucket() != bucket || account.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
