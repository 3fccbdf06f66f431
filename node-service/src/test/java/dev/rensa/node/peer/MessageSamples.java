package dev.rensa.node.peer;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.CompactTarget;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of each kind, always the same. Their bytes are frozen in {@code messages.properties}. */
final class MessageSamples {

    private static final BlockHash NETWORK = BlockHash.of(digest("network"));

    static final int BUCKET = 0xabcd;

    private MessageSamples() {}

    /** Under the names that the frozen vectors have. */
    static Map<String, Message> all() {
        Map<String, Message> samples = new LinkedHashMap<>();
        samples.put("ping", new Message.Ping(0x0123_4567_89ab_cdefL));
        samples.put("pong", new Message.Pong(-1));
        samples.put("goodbye", new Message.Goodbye(RejectionReason.WRONG_GENESIS));
        samples.put(
                "peers",
                new Message.Peers(List.of(
                        new PeerAddress("rensa-node-0.rensa-headless", 7400),
                        new PeerAddress("10.1.2.3", 65_535),
                        new PeerAddress("fe80::1", 1))));
        samples.put("peers-empty", new Message.Peers(List.of()));
        samples.put("announce-transactions", new Message.AnnounceTransactions(ShortIds.of(List.of(id("a"), id("b")))));
        samples.put("get-transactions", new Message.GetTransactions(ShortIds.of(List.of(id("c")))));
        samples.put("transactions", new Message.Transactions(List.of(transaction(0, ""), transaction(1, "連鎖"))));
        samples.put("transactions-gone", new Message.TransactionsGone(ShortIds.of(-1, 0)));
        samples.put("want-relay", new Message.WantRelay(true));
        samples.put("announce-tip", new Message.AnnounceTip(header(3), new Work(BigInteger.TWO.pow(255))));
        samples.put("get-headers", new Message.GetHeaders(List.of(hash("x"), hash("y"))));
        samples.put("headers", new Message.Headers(List.of(header(1), header(2))));
        samples.put("headers-empty", new Message.Headers(List.of()));
        samples.put("get-bodies", new Message.GetBodies(List.of(hash("z"))));
        samples.put(
                "bodies",
                new Message.Bodies(List.of(
                        EncodedBodies.of(hash("p"), List.of(transaction(2, "memo"))),
                        EncodedBodies.of(hash("q"), List.of()))));
        samples.put(
                "compact-block",
                new Message.CompactBlock(
                        header(4),
                        new Work(BigInteger.TEN),
                        0x0123_4567_89ab_cdefL,
                        ShortIds.of(1, -2),
                        List.of(
                                new Message.Prefilled(0, transaction(3, "")),
                                new Message.Prefilled(2, transaction(4, "new")))));
        samples.put("get-block-transactions", new Message.GetBlockTransactions(hash("r"), List.of(0, 2, 70_000)));
        samples.put("block-transactions", new Message.BlockTransactions(hash("s"), List.of(transaction(5, ""))));
        samples.put("block-transactions-none", new Message.BlockTransactions(hash("t"), List.of()));
        samples.put("get-state-roots", new Message.GetStateRoots(hash("s")));
        samples.put(
                "state-roots",
                new Message.StateRoots(
                        hash("s"),
                        BucketRoots.EMPTY.with(Map.of(BUCKET, bucket().root())).pages().stream()
                                .map(ByteBuffer::wrap)
                                .toList()));
        samples.put("state-roots-none", new Message.StateRoots(hash("s"), List.of()));
        samples.put("get-state-chunk", new Message.GetStateChunk(hash("s"), 65_535, 1, 0));
        samples.put("get-state-part", new Message.GetStateChunk(hash("s"), BUCKET, 1, 2));
        samples.put(
                "state-chunk",
                new Message.StateChunk(hash("s"), BUCKET, List.of(bucket(), new StateBucket(List.of()))));
        samples.put("state-chunk-none", new Message.StateChunk(hash("s"), 7, List.of()));
        samples.put(
                "state-chunk-part",
                new Message.StateChunk(
                        hash("s"), BUCKET, List.of(bucket()), 1, List.of(Hash.of(digest("part")), bucket().root())));
        return samples;
    }

    static StateBucket bucket() {
        return new StateBucket(
                List.of(new AccountState(PublicKey.fromHex("abcd" + "5".repeat(60)), Amount.ofMon(7), 3)));
    }

    static Transaction transaction(long nonce, String memo) {
        PrivateKey key = PrivateKey.of(digest("sender"));
        TransferBody body = new TransferBody(
                0x0a0b_0c0d,
                key.publicKey(),
                nonce,
                PublicKey.of(digest("recipient")),
                Amount.ofMon(100_000_000),
                Amount.ofMon(nonce),
                99,
                memo);
        return body.sign(key, NETWORK, new byte[32]);
    }

    static BlockHeader header(long height) {
        return new BlockHeader(
                height,
                hash("parent" + height),
                Hash.of(digest("root")),
                Hash.ZERO,
                1_700_000_000_000L + height,
                CompactTarget.of(0x1f00_ffff),
                PublicKey.of(digest("miner")),
                42);
    }

    static BlockHash hash(String of) {
        return BlockHash.of(digest(of));
    }

    private static TransactionId id(String of) {
        return TransactionId.of(digest(of));
    }

    private static byte[] digest(String of) {
        return Sha256.hash(of.getBytes(StandardCharsets.UTF_8));
    }
}
