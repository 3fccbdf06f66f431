package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import java.util.List;
import java.util.Optional;

/** Reading the ledger, from any thread. Each answer is consistent in itself; two answers may lie on either side of a block. */
public interface ChainView {

    Genesis genesis();

    /** Block 0's hash, which identifies the network. */
    BlockHash networkHash();

    /** Tip of the canonical chain: the most work among the branches whose bodies are here and valid. */
    ChainHead head();

    /** Tip of the branch with the most work among all valid headers; ahead of {@link #head} while bodies are missing. */
    ChainHead bestHeader();

    Optional<BlockEntry> find(BlockHash hash);

    /** Hash of the canonical block at a height. */
    Optional<BlockHash> canonicalHash(long height);

    /** A block whose body is here, on whatever branch. */
    Optional<Block> block(BlockHash hash);

    /** A body as it is stored, a u31 count and the transactions; not to be changed. */
    Optional<byte[]> storedBody(BlockHash hash);

    /** Where a transaction stands on the canonical chain. */
    Optional<TransactionPosition> position(TransactionId id);

    /** State of an account at the head; {@link Account#EMPTY} for one never seen. */
    Account account(PublicKey key);

    /** An account and the head that it was read at, from one and the same state. */
    AccountAtHead accountAtHead(PublicKey key);

    /** The block at a height on the branch of the best header, whether its body is here or not. */
    Optional<BlockEntry> bestAt(long height);

    /** Of blocks up to this height, other than block 0, there are headers only: this node took over the accounts there. */
    long baseHeight();

    /** Whether accounts are being taken over: until that is done, those that are read are of no block. */
    boolean isImporting();

    /**
     * Whether a branch with more work than the head's was refused because it parts below the base: then the accounts that
     * were taken over may be those of nobody else.
     */
    boolean isBaseDoubted();

    /** States behind checkpoints that canonical headers commit to, the newest first; at most two, none right after a start. */
    List<CommittedState> committedStates();

    /**
     * Hashes from the best header down, dense at first and then twice as far apart at each step, block 0 last: what a
     * peer needs to find the last block we share. At most 64.
     */
    List<BlockHash> locator();

    /** Canonical headers behind the first hash of the locator that is canonical here; at most {@code limit}. */
    List<BlockHeader> headersAfter(List<BlockHash> locator, int limit);

    /** Where bodies are missing on the best header's branch. */
    MissingRange missing();

    /**
     * Blocks on the best header's branch whose bodies are missing, ascending by height.
     *
     * @param from lowest height to look at
     * @param to highest height to look at; the cost grows with the range
     */
    List<BlockEntry> missingBodies(long from, long to);

    /** Tips of the branches that fork within the last blocks, the canonical one first, then by work; at most 100. */
    List<BranchTip> branchTips();

    /**
     * Where bodies are missing on the best header's branch.
     *
     * @param first every block of the branch below this height has its body here
     * @param last height of the best header; below {@code first} when nothing is missing
     * @param branch changes whenever the best header moves to a branch that does not contain the one before
     */
    record MissingRange(long first, long last, long branch) {}

    /**
     * An account with the head it was read at.
     */
    record AccountAtHead(Account account, ChainHead head) {}
}
