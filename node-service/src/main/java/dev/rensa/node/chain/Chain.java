package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.verdict.Rejection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one node over a storage: judges headers and blocks, follows the best branch, answers readers.
 *
 * <p>The methods that change something, and {@link #template}, belong to one writer thread; those of {@link ChainView} to
 * any. A {@link StorageException} from a writing method is our own failure: from then on every writing method refuses, and
 * the process should end and open the storage anew.
 */
public final class Chain implements ChainView {
    private final Genesis genesis;
    private final BlockHash networkHash;
    private final HeaderRules headerRules;
    private final BodyRules bodyRules;
    private final ChainStorage storage;
    private final HeaderTree headers;
    private final BlockBodies bodies;
    private final Ledger ledger;
    private final BestBranch bestBranch;
    private final StateImport imports;
    private final ForkChoice forkChoice;
    private final BodyIntake bodyIntake;
    private final ChainReader reader;

    private final WriteGuard guard = new WriteGuard();

    private Chain(
            Genesis genesis, Block block0, ChainStorage storage, int maxReorganisationDepth, BackgroundWork work) {
        this.genesis = genesis;
        this.networkHash = block0.hash();
        this.headerRules = new HeaderRules(genesis);
        this.bodyRules = new BodyRules(genesis, Genesis.networkId(networkHash));
        this.storage = storage;
        this.headers = new HeaderTree(storage);
        this.bodies = new BlockBodies(storage);
        HeaderRecord head = storedTip(Ledger.HEAD_KEY);
        this.ledger = new Ledger(genesis, storage, headers, head, maxReorganisationDepth, work);
        this.bestBranch = new BestBranch(storage, headers, storedTip(BestBranch.TIP_KEY), head);
        this.imports = new StateImport(storage, headers, bestBranch, guard);
        this.forkChoice = new ForkChoice(storage, headers, bodies, ledger, bestBranch, imports, maxReorganisationDepth);
        this.bodyIntake = new BodyIntake(headers, bodies, bodyRules, ledger, bestBranch, forkChoice);
        this.reader = new ChainReader(headers, ledger, bestBranch);
        if (!imports.isUnderWay()) {
            ledger.restoreStates();
            forkChoice.returnToMissingRoot();
        }
    }

    /** Opens a chain that computes state roots within the calls that ask for them. */
    public static Chain open(Genesis genesis, ChainStorage storage, int maxReorganisationDepth) {
        return open(genesis, storage, maxReorganisationDepth, BackgroundWork.AT_ONCE);
    }

    /**
     * Opens the chain that the storage holds, or begins it at the genesis, and moves on to the best branch whose bodies are
     * here.
     *
     * @param maxReorganisationDepth most blocks that are ever abandoned for a better branch, at least 1
     * @param work where state roots are computed
     * @throws StorageException if the storage fails, is damaged or holds another network
     */
    public static Chain open(Genesis genesis, ChainStorage storage, int maxReorganisationDepth, BackgroundWork work) {
        if (maxReorganisationDepth < 1) {
            throw new IllegalArgumentException("max-reorg-depth must be at least 1, not " + maxReorganisationDepth);
        }
        Block block0 = genesis.block0();
        GenesisState.ensure(genesis, block0, storage);
        Chain chain = new Chain(genesis, block0, storage, maxReorganisationDepth, work);
        while (!chain.advance().isEmpty()) {
            // A kill in the middle of a long way left the rest of it to do.
        }
        return chain;
    }

    private HeaderRecord storedTip(byte[] key) {
        byte[] hash = storage.get(Column.META, key);
        if (hash == null) {
            throw new StorageException("the store is damaged: it names no tip");
        }
        return headers.require(BlockHash.of(hash));
    }

    /**
     * Judges headers, each the child of the one before and the first of a known one, and stores them if their branch comes
     * near the work of our head.
     */
    public HeaderOutcome acceptHeaders(List<BlockHeader> offered, long nowMillis) {
        return guard.writing(() -> intake().accept(offered, false, nowMillis));
    }

    /** Judges headers on top of a branch that showed too little work so far. Nothing is stored. */
    public HeaderOutcome extend(HeaderBranch branch, List<BlockHeader> offered, long nowMillis) {
        return guard.writing(() -> intake().extend(branch, offered, nowMillis));
    }

    /** Stores headers that were seen to lead to enough work: those of a {@link HeaderOutcome.Proven} branch. */
    public HeaderOutcome acceptProven(List<BlockHeader> offered, long nowMillis) {
        return guard.writing(() -> intake().accept(offered, true, nowMillis));
    }

    private HeaderIntake intake() {
        return new HeaderIntake(headers, headerRules, forkChoice, bestBranch);
    }

    /**
     * Judges a block whose signatures were checked, stores it and follows the best branch.
     *
     * <p>The way to the best branch may be longer than one call goes (1,024 blocks or 64 MiB): {@link #advance} goes on.
     */
    public BlockOutcome acceptBlock(Block block, long nowMillis) {
        return guard.writing(() -> {
            HeaderOutcome outcome = acceptHeaders(List.of(block.header()), nowMillis);
            return switch (outcome) {
                case HeaderOutcome.Rejected(int index, Rejection rejection) ->
                    new BlockOutcome.Rejected(rejection, List.of());
                case HeaderOutcome.Accepted(int added, BlockEntry last) -> bodyIntake.accept(block);
                case HeaderOutcome.Unproven _, HeaderOutcome.Proven _ ->
                    new BlockOutcome.Rejected(forkChoice.tooLittleWork(), List.of());
            };
        });
    }

    /** Looks into a body and holds it against its header, without accounts and signatures. From any thread. */
    public PreparedBlock prepare(UncheckedBlock unchecked) {
        return bodyRules.prepare(unchecked);
    }

    /** The same for a block that was put together from transactions which are here. From any thread. */
    public PreparedBlock prepare(Block block) {
        return bodyRules.prepare(block);
    }

    /** Stores a block whose header is known and whose signatures were checked too, and follows the best branch. */
    public BlockOutcome accept(CheckedBlock checked) {
        return guard.writing(() -> bodyIntake.accept(checked));
    }

    /** Taking over the accounts behind a block; see {@link #mayImport} and {@link #install}. */
    public StateImport stateImport() {
        return imports;
    }

    /** Whether an import may begin or goes on: nothing was connected yet, and no state root is being computed. */
    public boolean mayImport() {
        return imports.isUnderWay()
                || (head().height() == 0 && ledger.stateRoots().isIdle());
    }

    /**
     * Makes the block of a complete import the head, if it lies on the branch of the best header.
     *
     * @return whether it does
     */
    public boolean install() {
        return guard.writing(() -> {
            HeaderRecord target = headers.require(imports.target().orElseThrow());
            if (!bestBranch.contains(target)) {
                return false;
            }
            HeaderUpdate update = headers.update();
            HeaderRecord base = imports.stageInstall(update);
            List<HeaderRecord> completed = bodyIntake.stageCompleted(base, update);
            ledger.install(update, base, imports.roots());
            imports.ended();
            bestBranch.restartAt(base);
            completed.forEach(forkChoice::offerComplete);
            forkChoice.restart();
            storage.sync();
            return true;
        });
    }

    /**
     * Takes an import back, some thousand allocations at each call, so that blocks can be applied from block 0 on. Once called,
     * it is to be called until it is done; a kill leaves an import of which nothing is here.
     *
     * @return whether it is done
     */
    public boolean undoImport() {
        return guard.writing(() -> {
            boolean done = imports.undo(genesis.allocations());
            if (done) {
                ledger.accountsReplaced();
                imports.ended();
                forkChoice.returnToMissingRoot();
                storage.sync();
            }
            return done;
        });
    }

    /**
     * While bodies are held, none is missing, those that come all the same are only stored, and there is no template: nothing
     * is to move the head below a snapshot that may come. {@link #advance} goes on when they are held no more.
     */
    public void holdBodies(boolean hold) {
        bestBranch.holdBodies(hold);
    }

    /**
     * Marks a block as invalid whose body matches its header and breaks a rule that is not judged here: a signature. What
     * builds on it is invalid too. A block whose header is unknown, and block 0, are left alone.
     *
     * @return how the canonical chain moved
     */
    public List<ChainChange> invalidate(BlockHash block, Rejection why) {
        return guard.writing(() -> {
            HeaderRecord record = headers.find(block);
            if (record == null || record.isInvalid() || record.height() == 0) {
                return List.of();
            }
            return bodyIntake.invalidate(record, why);
        });
    }

    /** Goes on towards the best branch where the last call stopped at its bound; empty when the head is there. */
    public List<ChainChange> advance() {
        return guard.writing(() -> forkChoice.advance().changes());
    }

    /**
     * Whether the head stopped below a block whose state root is still being computed. It may have less work than it had
     * before, so nobody should be told of it yet.
     */
    public boolean waitsForStateRoot() {
        return forkChoice.waitsForRoot();
    }

    /**
     * Sets who hears that {@link #advance} can go on, after {@link #waitsForStateRoot} was true. It is told on the writer
     * thread, outside of any other call of this class.
     */
    public void whenStateRootIsComputed(Runnable listener) {
        ledger.stateRoots().whenComputed(() -> {
            if (forkChoice.waitsForRoot()) {
                listener.run();
            }
        });
    }

    /** Whether {@link #template} can say what the next block's state root is; at checkpoints that takes a moment. */
    public boolean isTemplateReady() {
        return !imports.isUnderWay()
                && !bestBranch.isHeld()
                && ledger.nextStateRoot().isPresent();
    }

    /**
     * What the rules demand of a block on top of the head.
     *
     * @throws IllegalStateException if {@link #isTemplateReady} is false
     */
    public HeaderTemplate template(long nowMillis) {
        HeaderRecord parent = headers.require(ledger.head().hash());
        long earliest = HeaderRules.medianTimestampMillis(parent, headers::require) + 1;
        return new HeaderTemplate(
                parent.height() + 1,
                parent.hash(),
                headerRules.requiredTarget(parent),
                Math.max(nowMillis, earliest),
                ledger.nextStateRoot()
                        .orElseThrow(
                                () -> new IllegalStateException("the next block's state root is not computed yet")));
    }

    @Override
    public Genesis genesis() {
        return genesis;
    }

    @Override
    public BlockHash networkHash() {
        return networkHash;
    }

    @Override
    public ChainHead head() {
        return ledger.head();
    }

    @Override
    public ChainHead bestHeader() {
        return bestBranch.tip().entry().asHead();
    }

    @Override
    public Optional<BlockEntry> find(BlockHash hash) {
        return Optional.ofNullable(headers.peek(hash)).map(HeaderRecord::entry);
    }

    @Override
    public Optional<BlockHash> canonicalHash(long height) {
        return height < 0 ? Optional.empty() : Optional.ofNullable(ledger.canonicalHash(height));
    }

    @Override
    public Optional<Block> block(BlockHash hash) {
        @Nullable HeaderRecord record = headers.peek(hash);
        return record == null ? Optional.empty() : Optional.ofNullable(bodies.find(record));
    }

    @Override
    public Optional<byte[]> storedBody(BlockHash hash) {
        return Optional.ofNullable(bodies.stored(hash));
    }

    @Override
    public Optional<TransactionPosition> position(TransactionId id) {
        return ledger.position(id);
    }

    @Override
    public Account account(PublicKey key) {
        return ledger.account(key);
    }

    @Override
    public AccountAtHead accountAtHead(PublicKey key) {
        return ledger.accountAtHead(key);
    }

    @Override
    public Optional<BlockEntry> bestAt(long height) {
        BlockHash hash = height < 0 || height > bestHeader().height() ? null : bestBranch.hashAt(height);
        return hash == null ? Optional.empty() : find(hash);
    }

    @Override
    public long baseHeight() {
        return ledger.baseHeight();
    }

    @Override
    public boolean isImporting() {
        return imports.isUnderWay();
    }

    @Override
    public boolean isBaseDoubted() {
        return forkChoice.isBaseDoubted();
    }

    @Override
    public List<CommittedState> committedStates() {
        return ledger.committedStates();
    }

    @Override
    public List<BlockHash> locator() {
        return bestBranch.locator();
    }

    @Override
    public List<BlockHeader> headersAfter(List<BlockHash> locator, int limit) {
        return reader.headersAfter(locator, limit);
    }

    @Override
    public MissingRange missing() {
        return bestBranch.missing();
    }

    @Override
    public List<BlockEntry> missingBodies(long from, long to) {
        return bestBranch.missingBodies(from, to);
    }

    @Override
    public List<BranchTip> branchTips() {
        return reader.branchTips();
    }

    /** Why a block is invalid; empty for one that is not, or is unknown. */
    public Optional<Rejection> rejectionOf(BlockHash block) {
        return find(block)
                .filter(entry -> entry.state() == BlockState.INVALID)
                .map(entry -> forkChoice.rejectionOf(block));
    }
}
