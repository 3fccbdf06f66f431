package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.verdict.Rejection;
import java.util.Optional;

/** Walks the header tree: every header is what its key says, has its parent, its work and what its state promises. */
final class HeaderAudit {
    /** Later than any block: when a stored block came, it was not from the future. */
    static final long END_OF_TIME_MILLIS = Long.MAX_VALUE / 2;

    private final StorageReader storage;
    private final BlockHash network;
    private final HeaderTree tree;
    private final HeaderRules rules;
    private final AuditProgress progress;
    private final long headHeight;
    private final long expected;
    private final BlockHash base;
    private long headers;
    private long children;

    /**
     * Prepares the walk.
     *
     * @param headHeight height up to which canonical rows mean something, and bodies are looked at otherwise
     * @param expected about how many headers there are
     */
    HeaderAudit(
            Genesis genesis,
            ChainStorage storage,
            BlockHash network,
            long headHeight,
            long expected,
            AuditProgress progress) {
        this.storage = storage;
        this.headHeight = headHeight;
        this.network = network;
        this.tree = new HeaderTree(storage);
        this.rules = new HeaderRules(genesis);
        this.progress = progress;
        this.expected = expected;
        HeaderRecord began = AuditBase.record(storage);
        this.base = began == null ? network : began.hash();
    }

    /** Returns how many headers there are. */
    long run() {
        storage.scan(Column.HEADERS, new byte[0], null, (key, value) -> {
            check(BlockHash.of(key), value);
            headers++;
            progress.at("headers", headers, Math.max(expected, headers));
        });
        storage.scan(Column.CHILDREN, new byte[0], null, (key, value) -> children++);
        if (children != headers - 1) {
            throw new StorageException("the index of children has " + children + " entries; " + headers
                    + " headers, all but block 0 somebody's child, ask for " + (headers - 1));
        }
        for (HeaderRecord tip : tree.tips()) {
            if (tip.isInvalid()) {
                throw new StorageException("block " + tip.hash() + " is invalid and stands among the tips");
            }
        }
        return headers;
    }

    private void check(BlockHash key, byte[] value) {
        HeaderRecord record = Records.decodeHeader(key, value);
        if (!record.header().hash().equals(key)) {
            throw new StorageException("the header stored for block " + key + " has the hash "
                    + record.header().hash());
        }
        if (record.height() == 0) {
            if (!key.equals(network)) {
                throw new StorageException("block " + key + " has height 0 and is not this network's block 0");
            }
            return;
        }
        HeaderRecord parent = tree.peek(record.parent());
        if (parent == null) {
            throw new StorageException("the parent " + record.parent() + " of " + name(record) + " is missing");
        }
        checkAgainstParent(record, parent);
        if (storage.get(Column.CHILDREN, Records.child(parent.hash(), key)) == null) {
            throw new StorageException("the index of children lacks " + name(record));
        }
        checkBody(record);
    }

    private void checkAgainstParent(HeaderRecord record, HeaderRecord parent) {
        Optional<Rejection> broken =
                rules.check(record.header(), record.hash(), parent, END_OF_TIME_MILLIS, this::ancestor);
        if (broken.isPresent()) {
            throw new StorageException(name(record) + " breaks a rule: " + broken.get());
        }
        HeaderRecord derived = HeaderRecord.child(record.hash(), record.header(), parent);
        if (!derived.work().equals(record.work())) {
            throw new StorageException(name(record) + " is stored with the cumulative work " + record.work()
                    + "; its branch has " + derived.work());
        }
        if (derived.anchorTimestampMillis() != record.anchorTimestampMillis()) {
            throw new StorageException(name(record) + " is stored with another block 1 than its branch has");
        }
        if (parent.isInvalid() && !record.isInvalid()) {
            throw new StorageException(name(record) + " builds on an invalid block and is not marked as invalid");
        }
        // The block whose accounts a node began with needs nothing below it.
        if (record.complete() && !record.hash().equals(base) && (!parent.complete() || !record.hasBody())) {
            throw new StorageException(name(record) + " is marked as complete, but not all bodies below it are here");
        }
    }

    private HeaderRecord ancestor(BlockHash hash) {
        HeaderRecord record = tree.peek(hash);
        if (record == null) {
            throw new StorageException("the header of block " + hash + " is missing");
        }
        return record;
    }

    /** Bodies of the canonical chain are looked at when it is replayed. */
    private void checkBody(HeaderRecord record) {
        if (!record.hasBody() || isCanonical(record)) {
            return;
        }
        byte[] body = storage.get(Column.BODIES, record.hash().toBytes());
        if (body == null) {
            throw new StorageException("the body of " + name(record) + " is missing");
        }
        BodyRules.checkRoot(new Block(record.header(), Records.decodeBody(body)))
                .ifPresent(broken -> {
                    throw new StorageException("the body of " + name(record) + " is another one's: " + broken);
                });
    }

    private boolean isCanonical(HeaderRecord record) {
        byte[] hash = storage.get(Column.CANONICAL, Records.height(record.height()));
        return record.height() <= headHeight && hash != null && record.hash().equals(BlockHash.of(hash));
    }

    private static String name(HeaderRecord record) {
        return "block " + record.height() + " (" + record.hash() + ")";
    }
}
