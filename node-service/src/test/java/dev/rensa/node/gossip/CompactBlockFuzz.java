package dev.rensa.node.gossip;

import dev.rensa.node.chain.BusyNode;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.fuzz.FuzzCheck;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.node.peer.WireMessages;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compact blocks, rebuilt from a mempool and the answer to what is missing. With an even first byte two payloads of strangers
 * follow, the first behind two bytes of length; with an odd one, which transactions an honest block has.
 */
public final class CompactBlockFuzz {
    /** Transactions that there are, and how many of them wait in the mempool. */
    private static final int TRANSACTIONS = 64;

    private static final int POOLED = 40;

    private static final Chain CHAIN = new BusyNode(new InMemoryStorage()).chain();
    private static final List<Transaction> KNOWN = transactions();
    private static final List<Transaction> POOL = KNOWN.subList(0, POOLED);

    private CompactBlockFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            ByteBuffer bytes = ByteBuffer.wrap(input);
            boolean honest = (bytes.get() & 1) != 0;
            FuzzCheck.bounded(input, () -> {
                ByteBuffer rest = bytes.slice();
                if (honest) {
                    rebuildHonest(rest);
                } else {
                    rebuildForged(rest);
                }
            });
        }
    }

    private static void rebuildForged(ByteBuffer bytes) {
        int length = bytes.remaining() < Short.BYTES ? 0 : bytes.getShort() & 0xffff;
        byte[] first = new byte[Math.min(length, bytes.remaining())];
        bytes.get(first);
        byte[] second = new byte[bytes.remaining()];
        bytes.get(second);
        Message compact;
        Message answer;
        try {
            compact = WireMessages.decode(first);
            answer = WireMessages.decode(second);
        } catch (MalformedException e) {
            FuzzCheck.requireSentence(e);
            return;
        }
        if (compact instanceof Message.CompactBlock form && answer instanceof Message.BlockTransactions given) {
            rebuild(form, given.transactions());
        }
    }

    private static void rebuild(Message.CompactBlock form, List<Transaction> given) {
        BlockHash hash = form.header().hash();
        Rebuild rebuild = new Rebuild(form, hash, 1);
        if (rebuild.isAmbiguous()) {
            return;
        }
        offerPool(rebuild);
        if (!rebuild.isComplete()) {
            // What is missing can always be asked for.
            requireAsked(new Message.GetBlockTransactions(hash, rebuild.missingPlaces()), form.size());
            if (!rebuild.complete(given)) {
                return;
            }
        }
        requireNamed(form, rebuild.block());
    }

    private static void requireAsked(Message.GetBlockTransactions question, int size) {
        if (!WireMessages.decode(WireMessages.encode(question)).equals(question)) {
            throw new AssertionError("another question arrives than was sent: " + question);
        }
        if (question.indexes().isEmpty() || question.indexes().getLast() >= size) {
            throw new AssertionError("places asked for of a block of " + size + ": " + question.indexes());
        }
    }

    /** The block has in each place what the compact form says, and its rules can be judged. */
    private static void requireNamed(Message.CompactBlock form, Block block) {
        ShortIdKey key = ShortIdKey.of(block.hash(), form.salt());
        List<Message.Prefilled> prefilled = new ArrayList<>(form.prefilled());
        int named = 0;
        for (int place = 0; place < form.size(); place++) {
            Transaction transaction = block.transactions().get(place);
            boolean whole = !prefilled.isEmpty() && prefilled.getFirst().index() == place;
            boolean right = whole
                    ? prefilled.removeFirst().transaction().equals(transaction)
                    : form.ids().get(named++) == key.shortId(transaction.id());
            if (!right) {
                throw new AssertionError("place " + place + " has another transaction than was named");
            }
        }
        CHAIN.prepare(block);
    }

    /** Each byte a transaction of the block, its highest bit whether it comes along whole; the rest of the answer is exact. */
    private static void rebuildHonest(ByteBuffer bytes) {
        Set<Integer> chosen = new LinkedHashSet<>();
        Set<Integer> whole = new LinkedHashSet<>();
        while (bytes.hasRemaining()) {
            int next = bytes.get();
            if (chosen.add(next & (TRANSACTIONS - 1)) && next < 0) {
                whole.add(next & (TRANSACTIONS - 1));
            }
        }
        List<Transaction> transactions = chosen.stream().map(KNOWN::get).toList();
        Block block = new Block(header(transactions), transactions);
        Message.CompactBlock form = (Message.CompactBlock)
                WireMessages.decode(WireMessages.encode(compact(block, new ArrayList<>(chosen), whole)));
        Rebuild rebuild = new Rebuild(form, block.hash(), 1);
        offerPool(rebuild);
        List<Transaction> missing =
                rebuild.missingPlaces().stream().map(transactions::get).toList();
        List<Transaction> expected = chosen.stream()
                .filter(number -> number >= POOLED && !whole.contains(number))
                .map(KNOWN::get)
                .toList();
        if (!missing.equals(expected)) {
            throw new AssertionError(missing.size() + " are missing instead of " + expected.size());
        }
        if (!rebuild.isComplete()) {
            Message answer = new Message.BlockTransactions(block.hash(), missing);
            requireAsked(new Message.GetBlockTransactions(block.hash(), rebuild.missingPlaces()), form.size());
            if (!WireMessages.decode(WireMessages.encode(answer)).equals(answer) || !rebuild.complete(missing)) {
                throw new AssertionError("what was missing is not taken");
            }
        }
        if (!rebuild.block().transactions().equals(transactions)) {
            throw new AssertionError("another block was rebuilt");
        }
    }

    private static void offerPool(Rebuild rebuild) {
        for (Transaction transaction : POOL) {
            if (!rebuild.offer(transaction)) {
                return;
            }
        }
    }

    private static Message.CompactBlock compact(Block block, List<Integer> numbers, Set<Integer> whole) {
        long salt = block.hash().toBytes()[31];
        ShortIdKey key = ShortIdKey.of(block.hash(), salt);
        List<Message.Prefilled> prefilled = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int place = 0; place < numbers.size(); place++) {
            Transaction transaction = block.transactions().get(place);
            if (whole.contains(numbers.get(place))) {
                prefilled.add(new Message.Prefilled(place, transaction));
            } else {
                ids.add(key.shortId(transaction.id()));
            }
        }
        ShortIds named = ShortIds.of(ids.stream().mapToLong(Long::longValue).toArray());
        return new Message.CompactBlock(block.header(), Work.ZERO, salt, named, prefilled);
    }

    private static BlockHeader header(List<Transaction> transactions) {
        BlockHeader parent = BusyNode.genesis().block0().header();
        return new BlockHeader(
                1,
                parent.hash(),
                Block.transactionsRoot(transactions),
                parent.stateRoot(),
                parent.timestampMillis() + 1,
                parent.target(),
                parent.miner(),
                0);
    }

    private static List<Transaction> transactions() {
        TestNetwork network = TestNetwork.ofAccounts(20, 7);
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < TRANSACTIONS; i++) {
            transactions.add(network.transfer(i % 20, i / 20, TestNetwork.account(i), 1 + i, 1));
        }
        return List.copyOf(transactions);
    }

    /** Honest blocks with nothing, something and everything missing; and a forged form with an answer that fits it. */
    public static List<byte[]> seeds() {
        List<Integer> numbers = List.of(3, 50, 41, 7);
        List<Transaction> transactions = numbers.stream().map(KNOWN::get).toList();
        Block block = new Block(header(transactions), transactions);
        byte[] form = WireMessages.encode(compact(block, numbers, Set.of(41)));
        byte[] answer = WireMessages.encode(new Message.BlockTransactions(block.hash(), List.of(KNOWN.get(50))));
        return List.of(
                new byte[] {1},
                new byte[] {1, 3, 9, 27},
                new byte[] {1, 3, 41, (byte) 0xaa, 60, (byte) 0x84},
                new byte[] {1, 62, 61, 60},
                new ByteWriter(4_096)
                        .writeU8(0)
                        .writeU16(form.length)
                        .writeBytes(form)
                        .writeBytes(answer)
                        .toBytes());
    }
}
