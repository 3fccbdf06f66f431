package dev.rensa.node.mempool;

import dev.rensa.node.chain.Account;
import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BranchTip;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.CommittedState;
import dev.rensa.node.chain.TransactionPosition;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.Retargeting;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.CompactTarget;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger without rules or work: it adds and takes back what it is told to. */
final class FakeChain implements ChainView {

    private static final CompactTarget EASY = CompactTarget.fromHex("207fffff");

    private final Genesis genesis;
    private final BlockHash networkHash;
    private final Map<PublicKey, Account> accounts = new HashMap<>();
    private final Map<TransactionId, TransactionPosition> positions = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    FakeChain(long minimumFee) {
        this(minimumFee, 4_194_304);
    }

    FakeChain(long minimumFee, int maxBlockBytes) {
        genesis = new Genesis(
                "test",
                "rns",
                "RNS",
                1_000,
                EASY,
                EASY,
                Retargeting.NONE,
                5_000,
                600_000,
                Amount.ofMon(50),
                1_000_000,
                100,
                maxBlockBytes,
                Amount.ofMon(minimumFee),
                List.of());
        blocks.add(genesis.block0());
        networkHash = genesis.networkHash();
    }

    int networkId() {
        return Genesis.networkId(networkHash);
    }

    void fund(PublicKey key, long mon) {
        accounts.put(key, new Account(Amount.ofMon(mon), account(key).nextNonce()));
    }

    /** Puts a block on top and tells the change. */
    ChainChange connect(List<Transaction> transactions) {
        ChainHead fork = head();
        Block block = add(transactions);
        return new ChainChange(fork, List.of(), List.of(block), head());
    }

    /** Takes the newest blocks back and puts others in their place. */
    ChainChange reorganise(int depth, List<List<Transaction>> replacement) {
        List<Block> disconnected = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            disconnected.add(takeBack());
        }
        ChainHead fork = head();
        List<Block> connected = replacement.stream().map(this::add).toList();
        return new ChainChange(fork, disconnected, connected, head());
    }

    private Block add(List<Transaction> transactions) {
        BlockHeader header = new BlockHeader(
                blocks.size(),
                blocks.getLast().hash(),
                Block.transactionsRoot(transactions),
                Hash.ZERO,
                1_000 + blocks.size(),
                EASY,
                Offers.key("miner"),
                0);
        Block block = new Block(header, transactions);
        for (int i = 0; i < transactions.size(); i++) {
            Transaction transaction = transactions.get(i);
            Account sender = account(transaction.sender());
            accounts.put(
                    transaction.sender(),
                    new Account(sender.balance().minus(transaction.cost()), transaction.nonce() + 1));
            Account recipient = account(transaction.recipient());
            accounts.put(
                    transaction.recipient(),
                    new Account(recipient.balance().plus(transaction.amount()), recipient.nextNonce()));
            positions.put(transaction.id(), new TransactionPosition(block.hash(), block.height(), i));
        }
        blocks.add(block);
        return block;
    }

    private Block takeBack() {
        Block block = blocks.removeLast();
        for (Transaction transaction : block.transactions().reversed()) {
            Account sender = account(transaction.sender());
            accounts.put(
                    transaction.sender(), new Account(sender.balance().plus(transaction.cost()), transaction.nonce()));
            Account recipient = account(transaction.recipient());
            accounts.put(
                    transaction.recipient(),
                    new Account(recipient.balance().minus(transaction.amount()), recipient.nextNonce()));
            positions.remove(transaction.id());
        }
        return block;
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
        Block tip = blocks.getLast();
        return new ChainHead(tip.hash(), tip.header(), Work.ZERO);
    }

    @Override
    public ChainHead bestHeader() {
        return head();
    }

    @Override
    public Optional<BlockEntry> find(BlockHash hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<BlockHash> canonicalHash(long height) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Block> block(BlockHash hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TransactionPosition> position(TransactionId id) {
        return Optional.ofNullable(positions.get(id));
    }

    @Override
    public Account account(PublicKey key) {
        return accounts.getOrDefault(key, Account.EMPTY);
    }

    @Override
    public AccountAtHead accountAtHead(PublicKey key) {
        return new AccountAtHead(account(key), head());
    }

    @Override
    public Optional<BlockEntry> bestAt(long height) {
        throw new UnsupportedOperationException("the mempool never asks for it");
    }

    @Override
    public long baseHeight() {
        return 0;
    }

    @Override
    public boolean isImporting() {
        return false;
    }

    @Override
    public boolean isBaseDoubted() {
        return false;
    }

    @Override
    public List<CommittedState> committedStates() {
        throw new UnsupportedOperationException("the mempool never asks for it");
    }

    @Override
    public List<BlockHash> locator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<BlockHeader> headersAfter(List<BlockHash> locator, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MissingRange missing() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<BlockEntry> missingBodies(long from, long to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> storedBody(BlockHash hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<BranchTip> branchTips() {
        throw new UnsupportedOperationException();
    }
}
