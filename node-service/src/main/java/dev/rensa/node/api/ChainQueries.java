package dev.rensa.node.api;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.BranchTip;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.ChainPage;
import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.ForksView.ForkView;
import dev.rensa.protocol.api.HeadersPage;
import dev.rensa.protocol.api.HeadersPage.HeaderView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Blocks, pages of them, and branches. */
@ApplicationScoped
class ChainQueries {

    private static final int MAX_PAGE_BLOCKS = 100;

    private static final int MAX_PAGE_HEADERS = 2_000;

    /** A page ends once it holds this many, so that an answer stays within some megabytes. */
    private static final int MAX_PAGE_TRANSACTIONS = 5_000;

    private static final int MAX_RAW_BLOCKS = 1_000;

    /** A packed page ends before the block with which it would hold more, unless it is the first: as much as the largest usual block. */
    private static final int MAX_RAW_BYTES = 4 << 20;

    private static final Pattern HEIGHT = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final ChainView chain;
    private final BlockViews views;

    ChainQueries(ChainView chain, BlockViews views) {
        this.chain = chain;
        this.views = views;
    }

    ChainPage page(@Nullable Long from, int limit) {
        RequestChecks.inRange("limit", limit, 1, MAX_PAGE_BLOCKS);
        ChainHead head = chain.head();
        if (from == null) {
            return newestPage(head, limit);
        }
        RequestChecks.inRange("from", from, 0, Long.MAX_VALUE);
        List<BlockView> blocks = new ArrayList<>();
        int transactions = 0;
        for (long height = from;
                height <= head.height() && height < from + limit && transactions < MAX_PAGE_TRANSACTIONS;
                height++) {
            BlockView block = canonical(height);
            blocks.add(block);
            transactions += block.transactionCount();
        }
        return new ChainPage(head.height(), head.hash().toHex(), from, blocks);
    }

    /** From the tip down, so that full blocks do not push the tip itself off the page. */
    private ChainPage newestPage(ChainHead head, int limit) {
        List<BlockView> blocks = new ArrayList<>();
        int transactions = 0;
        for (long height = head.height();
                height >= lowestBody() && blocks.size() < limit && transactions < MAX_PAGE_TRANSACTIONS;
                height--) {
            BlockView block = canonical(height);
            blocks.add(block);
            transactions += block.transactionCount();
        }
        List<BlockView> ascending = List.copyOf(blocks.reversed());
        long from =
                ascending.isEmpty() ? head.height() + 1 : ascending.getFirst().height();
        return new ChainPage(head.height(), head.hash().toHex(), from, ascending);
    }

    /** Height of the lowest block that pages show: right behind joining there may be none. */
    private long lowestBody() {
        return chain.baseHeight() == 0 ? 0 : chain.baseHeight() + 1;
    }

    HeadersPage headers(@Nullable Long from, int limit) {
        RequestChecks.inRange("limit", limit, 1, MAX_PAGE_HEADERS);
        ChainHead head = chain.head();
        long first = from == null
                ? Math.max(0, head.height() - limit + 1)
                : RequestChecks.inRange("from", from, 0, Long.MAX_VALUE);
        List<HeaderView> headers = new ArrayList<>();
        for (long height = first; height <= head.height() && headers.size() < limit; height++) {
            HeaderView header = views.header(entry(canonicalHash(height)));
            // A reorganisation meanwhile must not tear the page: each header is the parent of the next.
            if (!headers.isEmpty() && !header.parent().equals(headers.getLast().hash())) {
                break;
            }
            headers.add(header);
        }
        return new HeadersPage(head.height(), head.hash().toHex(), first, headers);
    }

    /** Header and body as they are stored: nothing is decoded. */
    byte[] rawPage(long from, int limit) {
        RequestChecks.inRange("from", from, 0, Long.MAX_VALUE);
        RequestChecks.inRange("limit", limit, 1, MAX_RAW_BLOCKS);
        ByteWriter page = new ByteWriter(BlockHeader.BYTES * limit);
        Optional<BlockHash> next = chain.canonicalHash(from);
        BlockHash last = next.orElseThrow(() -> aboveTip(from));
        for (int blocks = 0; blocks < limit && next.isPresent(); blocks++) {
            BlockHash hash = next.get();
            BlockHeader header = entry(hash).header();
            // A reorganisation meanwhile must not tear the page: each block is the parent of the next.
            if (blocks > 0 && !header.parent().equals(last)) {
                break;
            }
            byte[] body = chain.storedBody(hash).orElseThrow(() -> missing(hash));
            if (blocks > 0 && page.length() + BlockHeader.BYTES + body.length > MAX_RAW_BYTES) {
                break;
            }
            header.write(page);
            page.writeBytes(body);
            last = hash;
            next = chain.canonicalHash(from + blocks + 1);
        }
        return page.toBytes();
    }

    BlockView block(String name) {
        Block block = find(name);
        return views.view(block, entry(block.hash()));
    }

    byte[] raw(String name) {
        return find(name).toBytes();
    }

    ForksView forks() {
        return new ForksView(
                chain.branchTips().stream().map(ChainQueries::forkView).toList());
    }

    private BlockView canonical(long height) {
        BlockHash hash = canonicalHash(height);
        return views.view(body(hash), entry(hash));
    }

    private BlockHash canonicalHash(long height) {
        return chain.canonicalHash(height)
                .orElseThrow(() -> RequestChecks.notFound("the chain was reorganised meanwhile: ask again"));
    }

    private Block find(String name) {
        if (name.equals("tip")) {
            return body(chain.head().hash());
        }
        if (HEIGHT.matcher(name).matches()) {
            long height = Long.parseLong(name);
            return body(chain.canonicalHash(height).orElseThrow(() -> aboveTip(height)));
        }
        if (HASH.matcher(name).matches()) {
            return body(BlockHash.fromHex(name));
        }
        throw RequestChecks.malformed("a block is named by its hash (64 hexadecimal digits), its height, or `tip`");
    }

    private ProblemException aboveTip(long height) {
        return RequestChecks.notFound("the chain has no block of height " + height + "; its tip has height "
                + chain.head().height());
    }

    private Block body(BlockHash hash) {
        return chain.block(hash).orElseThrow(() -> missing(hash));
    }

    private ProblemException missing(BlockHash hash) {
        return chain.find(hash)
                .filter(entry -> entry.header().height() <= chain.baseHeight())
                .map(entry -> new ProblemException(
                        RejectionReason.BELOW_SNAPSHOT_BASE,
                        "block " + entry.header().height() + " is not above this node's snapshot base, height "
                                + chain.baseHeight()
                                + ": only its header is known here. Ask a node that has every block"
                                + " (rensa.sync.mode=full)"))
                .orElseGet(() -> RequestChecks.notFound("this node has no block with the hash " + hash));
    }

    private BlockEntry entry(BlockHash hash) {
        return chain.find(hash)
                .orElseThrow(() -> RequestChecks.notFound("this node has no block with the hash " + hash));
    }

    private static ForkView forkView(BranchTip branch) {
        BlockEntry tip = branch.tip();
        String state = branch.canonical() ? "canonical" : state(tip.state());
        return new ForkView(
                tip.hash().toHex(),
                tip.header().height(),
                tip.work().toString(),
                state,
                branch.forkHeight(),
                tip.header().height() - branch.forkHeight());
    }

    private static String state(BlockState state) {
        return switch (state) {
            case HEADER_ONLY, BODY_STORED -> "headers-only";
            case CONNECTED -> "valid";
            case INVALID -> "invalid";
        };
    }
}
