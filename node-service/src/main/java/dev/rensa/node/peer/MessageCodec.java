package dev.rensa.node.peer;

import dev.rensa.node.peer.Message.AnnounceTip;
import dev.rensa.node.peer.Message.AnnounceTransactions;
import dev.rensa.node.peer.Message.BlockTransactions;
import dev.rensa.node.peer.Message.Bodies;
import dev.rensa.node.peer.Message.CompactBlock;
import dev.rensa.node.peer.Message.GetBlockTransactions;
import dev.rensa.node.peer.Message.GetBodies;
import dev.rensa.node.peer.Message.GetHeaders;
import dev.rensa.node.peer.Message.GetStateChunk;
import dev.rensa.node.peer.Message.GetStateRoots;
import dev.rensa.node.peer.Message.GetTransactions;
import dev.rensa.node.peer.Message.Goodbye;
import dev.rensa.node.peer.Message.Headers;
import dev.rensa.node.peer.Message.Peers;
import dev.rensa.node.peer.Message.Ping;
import dev.rensa.node.peer.Message.Pong;
import dev.rensa.node.peer.Message.StateChunk;
import dev.rensa.node.peer.Message.StateRoots;
import dev.rensa.node.peer.Message.Transactions;
import dev.rensa.node.peer.Message.TransactionsGone;
import dev.rensa.node.peer.Message.WantRelay;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A message as the payload of a frame: one byte for the type, then its canonical body (docs/protocol-peers.md).
 *
 * <p>Safe for use by several threads: it keeps nothing.
 */
public final class MessageCodec {

    /** A u16 length, a host, a u16 port. */
    static final int MAX_ADDRESS_BYTES = 2 + PeerAddress.MAX_HOST_LENGTH + 2;

    /** A block hash, the length of the body and its count of transactions. */
    static final int EMPTY_BODY_BYTES = BlockHash.LENGTH + 2 * Integer.BYTES;

    /** Most bytes of a body: a count and the transactions that any network may allow. */
    private static final int MAX_BODY_BYTES = Integer.BYTES + Block.MAX_TRANSACTION_BYTES;

    private static final int MIN_ADDRESS_BYTES = 2 + 1 + 2;

    private MessageCodec() {}

    /**
     * The payload.
     *
     * @throws IllegalArgumentException if a list is longer than {@link MessageLimits} allows: the sender's own mistake
     */
    public static byte[] encode(Message message) {
        ByteWriter writer = new ByteWriter(expectedBytes(message));
        write(writer, message);
        return writer.toBytes();
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedException if the type is unknown, belongs to the handshake, or the form is not canonical
     */
    public static Message decode(byte[] payload) {
        return ByteReader.decodeAll(payload, reader -> {
            FrameType type = FrameType.ofNumber(reader.readU8());
            type.requireLength(payload.length);
            return readBody(type, reader);
        });
    }

    /** Appends type and body. */
    static void write(ByteWriter writer, Message message) {
        writer.writeU8(typeOf(message).number());
        switch (message) {
            case Ping(long token) -> writer.writeLong(token);
            case Pong(long token) -> writer.writeLong(token);
            case Goodbye(RejectionReason reason) -> writer.writeU8(reason.number());
            case Peers(var addresses) ->
                writer.writeList(within(MessageLimits.MAX_ADDRESSES, addresses), MessageCodec::writeAddress);
            case AnnounceTransactions(var ids) -> ids.write(writer, MessageLimits.MAX_TRANSACTIONS);
            case GetTransactions(var ids) -> ids.write(writer, MessageLimits.MAX_TRANSACTIONS);
            case TransactionsGone(var ids) -> ids.write(writer, MessageLimits.MAX_TRANSACTIONS);
            case WantRelay(boolean wanted) -> writer.writeU8(wanted ? 1 : 0);
            case Transactions(var transactions) ->
                writer.writeList(
                        within(MessageLimits.MAX_TRANSACTIONS, transactions), (w, transaction) -> transaction.write(w));
            case AnnounceTip(BlockHeader header, Work work) -> {
                header.write(writer);
                writer.writeBytes(work.toBytes());
            }
            case GetHeaders(var locator) -> writeHashes(writer, MessageLimits.MAX_LOCATOR, locator);
            case Headers(var headers) ->
                writer.writeList(within(MessageLimits.MAX_HEADERS, headers), (w, header) -> header.write(w));
            case GetBodies(var hashes) -> writeHashes(writer, MessageLimits.MAX_BODIES, hashes);
            case Bodies(var bodies) ->
                writer.writeList(within(MessageLimits.MAX_BODIES, bodies), MessageCodec::writeBody);
            case CompactBlock block -> CompactBlockCodec.write(writer, block);
            case GetBlockTransactions question -> CompactBlockCodec.write(writer, question);
            case BlockTransactions answer -> CompactBlockCodec.write(writer, answer);
            case GetStateRoots(BlockHash block) -> writer.writeFixed(block);
            case StateRoots roots -> StateMessages.write(writer, roots);
            case GetStateChunk question -> StateMessages.write(writer, question);
            case StateChunk chunk -> StateMessages.write(writer, chunk);
        }
    }

    static FrameType typeOf(Message message) {
        return switch (message) {
            case Ping _ -> FrameType.PING;
            case Pong _ -> FrameType.PONG;
            case Goodbye _ -> FrameType.GOODBYE;
            case Peers _ -> FrameType.PEERS;
            case AnnounceTransactions _ -> FrameType.ANNOUNCE_TRANSACTIONS;
            case GetTransactions _ -> FrameType.GET_TRANSACTIONS;
            case Transactions _ -> FrameType.TRANSACTIONS;
            case TransactionsGone _ -> FrameType.TRANSACTIONS_GONE;
            case WantRelay _ -> FrameType.WANT_RELAY;
            case AnnounceTip _ -> FrameType.ANNOUNCE_TIP;
            case GetHeaders _ -> FrameType.GET_HEADERS;
            case Headers _ -> FrameType.HEADERS;
            case GetBodies _ -> FrameType.GET_BODIES;
            case Bodies _ -> FrameType.BODIES;
            case CompactBlock _ -> FrameType.COMPACT_BLOCK;
            case GetBlockTransactions _ -> FrameType.GET_BLOCK_TRANSACTIONS;
            case BlockTransactions _ -> FrameType.BLOCK_TRANSACTIONS;
            case GetStateRoots _ -> FrameType.GET_STATE_ROOTS;
            case StateRoots _ -> FrameType.STATE_ROOTS;
            case GetStateChunk _ -> FrameType.GET_STATE_CHUNK;
            case StateChunk _ -> FrameType.STATE_CHUNK;
        };
    }

    /** About how long the payload will be, so that the writer seldom grows; exact for the long ones. */
    public static int expectedBytes(Message message) {
        int head = FrameType.TYPE_BYTES + Integer.BYTES;
        return switch (message) {
            case Ping _, Pong _, Goodbye _ -> head + Long.BYTES;
            case Peers(var addresses) -> head + addresses.size() * 32;
            case AnnounceTransactions(var ids) -> head + ids.size() * ShortIds.BYTES;
            case GetTransactions(var ids) -> head + ids.size() * ShortIds.BYTES;
            case TransactionsGone(var ids) -> head + ids.size() * ShortIds.BYTES;
            case WantRelay _ -> head + Byte.BYTES;
            case Transactions(var transactions) -> head + sizeOf(transactions);
            case AnnounceTip _ -> head + BlockHeader.BYTES + Work.LENGTH;
            case GetHeaders(var locator) -> head + locator.size() * Bytes32.LENGTH;
            case Headers(var headers) -> head + headers.size() * BlockHeader.BYTES;
            case GetBodies(var hashes) -> head + hashes.size() * Bytes32.LENGTH;
            case Bodies(var bodies) ->
                head + bodies.stream().mapToInt(MessageLimits::sizeOf).sum();
            case CompactBlock block -> head + CompactBlockCodec.bytesOf(block);
            case GetBlockTransactions question ->
                head + BlockHash.LENGTH + question.indexes().size() * Integer.BYTES;
            case BlockTransactions answer -> head + BlockHash.LENGTH + sizeOf(answer.transactions());
            case GetStateRoots _, GetStateChunk _ -> head + BlockHash.LENGTH + StateMessages.RANGE_BYTES;
            case StateRoots roots -> head + StateMessages.size(roots);
            case StateChunk chunk -> head + StateMessages.size(chunk);
        };
    }

    private static Message readBody(FrameType type, ByteReader reader) {
        return switch (type) {
            case HELLO, PROOF, WELCOME ->
                throw new MalformedException(
                        RejectionReason.UNEXPECTED_MESSAGE, type + " has no place behind the handshake");
            case PING -> new Ping(reader.readLong());
            case PONG -> new Pong(reader.readLong());
            case GOODBYE -> new Goodbye(readReason(reader));
            case PEERS ->
                new Peers(reader.readList(MessageLimits.MAX_ADDRESSES, MIN_ADDRESS_BYTES, MessageCodec::readAddress));
            case ANNOUNCE_TRANSACTIONS ->
                new AnnounceTransactions(ShortIds.read(reader, MessageLimits.MAX_TRANSACTIONS));
            case GET_TRANSACTIONS -> new GetTransactions(ShortIds.read(reader, MessageLimits.MAX_TRANSACTIONS));
            case TRANSACTIONS_GONE -> new TransactionsGone(ShortIds.read(reader, MessageLimits.MAX_TRANSACTIONS));
            case WANT_RELAY -> new WantRelay(readFlag(reader));
            case TRANSACTIONS ->
                new Transactions(
                        reader.readList(MessageLimits.MAX_TRANSACTIONS, Transaction.MIN_BYTES, Transaction::read));
            case ANNOUNCE_TIP ->
                new AnnounceTip(BlockHeader.read(reader), Work.fromBytes(reader.readBytes(Work.LENGTH)));
            case GET_HEADERS -> new GetHeaders(readHashes(reader, MessageLimits.MAX_LOCATOR));
            case HEADERS ->
                new Headers(reader.readList(MessageLimits.MAX_HEADERS, BlockHeader.BYTES, BlockHeader::read));
            case GET_BODIES -> new GetBodies(readHashes(reader, MessageLimits.MAX_BODIES));
            case BODIES ->
                new Bodies(reader.readList(MessageLimits.MAX_BODIES, EMPTY_BODY_BYTES, MessageCodec::readBlockBody));
            case COMPACT_BLOCK -> CompactBlockCodec.read(reader);
            case GET_BLOCK_TRANSACTIONS -> CompactBlockCodec.readQuestion(reader);
            case BLOCK_TRANSACTIONS -> CompactBlockCodec.readAnswer(reader);
            case GET_STATE_ROOTS -> new GetStateRoots(reader.readFixed(BlockHash.LENGTH, BlockHash::of));
            case STATE_ROOTS -> StateMessages.readRoots(reader);
            case GET_STATE_CHUNK -> StateMessages.readQuestion(reader);
            case STATE_CHUNK -> StateMessages.readChunk(reader);
        };
    }

    private static RejectionReason readReason(ByteReader reader) {
        int number = reader.readU8();
        return RejectionReason.ofNumber(number)
                .orElseThrow(() -> new MalformedException(
                        RejectionReason.UNKNOWN_VERSION, "goodbye for reason " + number + ", which is unknown here"));
    }

    static void writeAddress(ByteWriter writer, PeerAddress address) {
        writer.writeSized16(address.host().getBytes(StandardCharsets.US_ASCII)).writeU16(address.port());
    }

    private static PeerAddress readAddress(ByteReader reader) {
        String host = readHost(reader);
        int port = reader.readU16();
        if (port == 0) {
            throw new MalformedException(RejectionReason.MALFORMED, "a peer's address has port 0");
        }
        return new PeerAddress(host, port);
    }

    private static String readHost(ByteReader reader) {
        String host = readHostOrEmpty(reader);
        if (host.isEmpty()) {
            throw new MalformedException(RejectionReason.MALFORMED, "a peer's address has no host");
        }
        return host;
    }

    /** A u16 length and a host in its one canonical spelling; empty where none is told. */
    static String readHostOrEmpty(ByteReader reader) {
        String host = new String(reader.readSized16(PeerAddress.MAX_HOST_LENGTH), StandardCharsets.ISO_8859_1);
        if (!host.equals(host.toLowerCase(Locale.ROOT))) {
            throw new MalformedException(RejectionReason.NOT_CANONICAL, "a host is not in lower case");
        }
        if (!host.isEmpty() && !PeerAddress.isHost(host)) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "a host is neither a name nor an IP address in its usual form");
        }
        return host;
    }

    private static void writeHashes(ByteWriter writer, int maximum, List<? extends Bytes32> hashes) {
        writer.writeList(within(maximum, hashes), ByteWriter::writeFixed);
    }

    private static boolean readFlag(ByteReader reader) {
        int flag = reader.readU8();
        if (flag > 1) {
            throw new MalformedException(RejectionReason.NOT_CANONICAL, "a flag is 0 or 1, not " + flag);
        }
        return flag == 1;
    }

    private static int sizeOf(List<Transaction> transactions) {
        return transactions.stream().mapToInt(Transaction::size).sum();
    }

    private static List<BlockHash> readHashes(ByteReader reader, int maximum) {
        return reader.readList(maximum, BlockHash.LENGTH, r -> r.readFixed(BlockHash.LENGTH, BlockHash::of));
    }

    private static void writeBody(ByteWriter writer, EncodedBody body) {
        writer.writeFixed(body.block()).writeU31(body.size()).writeBytes(body.transactions());
    }

    private static EncodedBody readBlockBody(ByteReader reader) {
        BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        int length = reader.readU31();
        if (length < Integer.BYTES || length > MAX_BODY_BYTES) {
            throw new MalformedException(
                    length < Integer.BYTES ? RejectionReason.MALFORMED : RejectionReason.SIZE_LIMIT,
                    "a body declares " + length + " bytes; 4 to " + MAX_BODY_BYTES + " are allowed");
        }
        return new EncodedBody(block, reader.readBytes(length));
    }

    private static <T> List<T> within(int maximum, List<T> elements) {
        if (elements.size() > maximum) {
            throw new IllegalArgumentException(
                    "a message of " + elements.size() + " elements is beyond its limit of " + maximum);
        }
        return elements;
    }
}
