package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The binary form of what is stored, by the canonical codec. */
final class Records {
    /** The value of a key that says everything by being there. */
    static final byte[] PRESENT = new byte[0];

    /** Bytes of an account: u64 balance, u64 next nonce. */
    static final int ACCOUNT_BYTES = 16;

    /** Most bytes of a rejection's sentence that are stored. */
    private static final int MAX_DETAIL_BYTES = 512;

    private static final int HEADER_RECORD_BYTES = BlockHeader.BYTES + Work.LENGTH + 10;
    private static final int UNDO_ENTRY_BYTES = PublicKey.LENGTH + ACCOUNT_BYTES;

    private Records() {}

    /** An account as it stood before a block. */
    record Prior(PublicKey key, Account account) {}

    /** A place on the canonical chain; the block is the canonical one at that height. */
    record Place(long height, int index) {}

    static byte[] height(long height) {
        return new ByteWriter(Long.BYTES).writeU63(height).toBytes();
    }

    static long decodeHeight(byte[] bytes) {
        return decode(bytes, ByteReader::readU63);
    }

    static byte[] bucket(int bucket) {
        return new byte[] {(byte) (bucket >>> 8), (byte) bucket};
    }

    /** The first key behind an account's. */
    static byte[] behind(PublicKey account) {
        return Arrays.copyOf(account.toBytes(), PublicKey.LENGTH + 1);
    }

    static byte[] child(BlockHash parent, BlockHash child) {
        return new ByteWriter(2 * BlockHash.LENGTH)
                .writeFixed(parent)
                .writeFixed(child)
                .toBytes();
    }

    static byte[] encode(HeaderRecord record) {
        ByteWriter writer = new ByteWriter(HEADER_RECORD_BYTES);
        record.header().write(writer);
        return writer.writeBytes(record.work().toBytes())
                .writeU8(record.state().number())
                .writeU8(record.complete() ? 1 : 0)
                .writeU63(record.anchorTimestampMillis())
                .toBytes();
    }

    static HeaderRecord decodeHeader(BlockHash hash, byte[] bytes) {
        return decode(bytes, reader -> {
            BlockHeader header = BlockHeader.read(reader);
            Work work = Work.fromBytes(reader.readBytes(Work.LENGTH));
            BlockState state = BlockState.ofNumber(reader.readU8());
            boolean complete = reader.readU8() == 1;
            return new HeaderRecord(new BlockEntry(hash, header, work, state), reader.readU63(), complete);
        });
    }

    static byte[] encode(Account account) {
        return new ByteWriter(ACCOUNT_BYTES)
                .writeU63(account.balance().mon())
                .writeU63(account.nextNonce())
                .toBytes();
    }

    static Account decodeAccount(byte[] bytes) {
        return decode(bytes, Records::readAccount);
    }

    private static Account readAccount(ByteReader reader) {
        return new Account(Amount.ofMon(reader.readU63()), reader.readU63());
    }

    static byte[] encodeBody(Block block) {
        ByteWriter writer = new ByteWriter(block.size());
        Block.writeBody(writer, block.transactions());
        return writer.toBytes();
    }

    static List<Transaction> decodeBody(byte[] bytes) {
        return decode(bytes, Block::readBody);
    }

    static byte[] encode(Place place) {
        return new ByteWriter(Long.BYTES + Integer.BYTES)
                .writeU63(place.height())
                .writeU31(place.index())
                .toBytes();
    }

    static Place decodePlace(byte[] bytes) {
        return decode(bytes, reader -> new Place(reader.readU63(), reader.readU31()));
    }

    static byte[] encodeUndo(List<Prior> accounts) {
        return new ByteWriter(Integer.BYTES + accounts.size() * UNDO_ENTRY_BYTES)
                .writeList(
                        accounts,
                        (writer, prior) -> writer.writeFixed(prior.key())
                                .writeU63(prior.account().balance().mon())
                                .writeU63(prior.account().nextNonce()))
                .toBytes();
    }

    static List<Prior> decodeUndo(byte[] bytes) {
        return decode(
                bytes,
                reader -> reader.readList(
                        Integer.MAX_VALUE,
                        UNDO_ENTRY_BYTES,
                        r -> new Prior(r.readFixed(PublicKey.LENGTH, PublicKey::of), readAccount(r))));
    }

    static byte[] encode(Rejection rejection) {
        byte[] detail = rejection.detail().getBytes(StandardCharsets.UTF_8);
        return new ByteWriter(64)
                .writeU8(rejection.reason().number())
                .writeBytes(Arrays.copyOf(detail, Math.min(detail.length, MAX_DETAIL_BYTES)))
                .toBytes();
    }

    static Rejection decodeRejection(byte[] bytes) {
        return decode(bytes, reader -> {
            RejectionReason reason = RejectionReason.ofNumber(reader.readU8()).orElse(RejectionReason.INVALID_ANCESTOR);
            return new Rejection(reason, new String(reader.readBytes(reader.remaining()), StandardCharsets.UTF_8));
        });
    }

    /**
     * Decodes a stored value.
     *
     * @throws StorageException if it does not have its form
     */
    static <T> T decode(byte[] bytes, Function<ByteReader, T> decoder) {
        return decoding(() -> ByteReader.decodeAll(bytes, decoder));
    }

    /**
     * The same of a value that lies in several places.
     *
     * @throws StorageException if it does not have its form
     */
    static <T> T decoding(Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (MalformedException | IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new StorageException(
                    "the store is damaged: a value does not have the form it was written in. Restore the data"
                            + " directory, or delete it and let the node catch up from its peers",
                    e);
        }
    }
}
