package dev.rensa.protocol.api;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountProof;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account as it stood behind the latest block that a checkpoint header commits to, with the proof (docs/protocol.md §6).
 * {@link #verify} holds it against a header that the caller trusts.
 *
 * @param balance in mon
 * @param height of the block behind which the account stood so
 * @param header 160 bytes in hexadecimal, of the block one checkpoint interval above: its state root commits to the account
 * @param index position among the bucket's accounts; null if the account does not exist
 * @param bucketSize accounts of the bucket; null if the account does not exist
 * @param bucketPath sibling hashes from the account up to the bucket's root; null if the account does not exist
 * @param bucket all accounts that lie where this one would, 48 bytes in hexadecimal each, ascending by key; null if the
 *     account exists
 * @param statePath the 16 sibling hashes from the bucket's root up to the state root
 */
public record AccountProofView(
        String address,
        long balance,
        long nextNonce,
        long height,
        String header,
        @Nullable Integer index,
        @Nullable Integer bucketSize,
        @Nullable List<String> bucketPath,
        @Nullable List<String> bucket,
        List<String> statePath) {

    /** Shows a proof. */
    public static AccountProofView of(
            Address address, AccountState account, long height, BlockHeader header, AccountProof proof) {
        HexFormat hex = HexFormat.of();
        String headerHex = hex.formatHex(header.toBytes());
        String name = address.toString();
        long balance = account.balance().mon();
        return switch (proof) {
            case AccountProof.Present(var leaf, MerkleProof path, var statePath) ->
                new AccountProofView(
                        name,
                        balance,
                        account.nextNonce(),
                        height,
                        headerHex,
                        path.index(),
                        path.treeSize(),
                        hexes(path.path()),
                        null,
                        hexes(statePath));
            case AccountProof.Absent(StateBucket bucket, var statePath) ->
                new AccountProofView(
                        name,
                        balance,
                        account.nextNonce(),
                        height,
                        headerHex,
                        null,
                        null,
                        null,
                        bucket.accounts().stream()
                                .map(other -> hex.formatHex(other.toBytes()))
                                .toList(),
                        hexes(statePath));
        };
    }

    /**
     * The account, if every field of this answer holds against the header.
     *
     * @param asked whose account was asked for
     * @param trusted a header at a checkpoint height that the caller trusts: its hash is on a chain with enough work
     * @param checkpointInterval the network's
     * @return empty if anything is not as it must be
     */
    public Optional<AccountState> verify(Address asked, BlockHeader trusted, long checkpointInterval) {
        boolean fits = asked.toString().equals(address)
                && HexFormat.of().formatHex(trusted.toBytes()).equals(header)
                && height == trusted.height() - checkpointInterval;
        if (!fits) {
            return Optional.empty();
        }
        try {
            return proof(asked.key())
                    .verify(asked.key(), trusted)
                    .filter(account -> account.balance().mon() == balance && account.nextNonce() == nextNonce);
        } catch (MalformedException | IllegalArgumentException notAProof) {
            return Optional.empty();
        }
    }

    private AccountProof proof(PublicKey key) {
        if (statePath == null || hasGap(statePath) || hasGap(bucketPath) || hasGap(bucket)) {
            throw new IllegalArgumentException("the proof leaves out what it consists of");
        }
        List<Hash> toState = hashes(statePath);
        if (bucket != null && index == null && bucketSize == null && bucketPath == null) {
            List<AccountState> accounts =
                    bucket.stream().map(AccountProofView::account).toList();
            return new AccountProof.Absent(new StateBucket(accounts), toState);
        }
        if (bucket == null && index != null && bucketSize != null && bucketPath != null) {
            AccountState account = new AccountState(key, Amount.ofMon(balance), nextNonce);
            MerkleProof path = new MerkleProof(index, bucketSize, hashes(bucketPath));
            return new AccountProof.Present(account, path, toState);
        }
        throw new IllegalArgumentException("a proof shows either the way up from the account or its whole bucket");
    }

    /** Whoever answers may leave out what it likes: nothing about an answer is certain before it is verified. */
    private static boolean hasGap(@Nullable List<String> values) {
        return values != null && values.stream().anyMatch(Objects::isNull);
    }

    private static AccountState account(String hex) {
        return ByteReader.decodeAll(HexFormat.of().parseHex(hex), AccountState::read);
    }

    private static List<Hash> hashes(List<String> hexes) {
        if (hexes.size() > BucketRoots.PATH_LENGTH * 2) {
            throw new IllegalArgumentException("no path has " + hexes.size() + " hashes");
        }
        return hexes.stream().map(Hash::fromHex).toList();
    }

    private static List<String> hexes(List<Hash> hashes) {
        return hashes.stream().map(Hash::toHex).toList();
    }
}
