package dev.rensa.protocol.transaction;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules of a transaction's memo: valid UTF-8 of at most 256 bytes. */
public final class Memo {

    /** Longest memo in bytes of UTF-8. */
    public static final int MAX_BYTES = 256;

    private Memo() {}

    /**
     * Encodes a memo.
     *
     * @throws MalformedException if it is longer than {@link #MAX_BYTES} or holds a lone surrogate
     */
    public static byte[] encode(String memo) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(memo));
            if (encoded.remaining() > MAX_BYTES) {
                throw new MalformedException(
                        RejectionReason.MEMO_TOO_LONG,
                        "the memo takes " + encoded.remaining() + " bytes of UTF-8; the limit is " + MAX_BYTES);
            }
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new MalformedException(RejectionReason.MEMO_NOT_UTF8, "the memo is not valid Unicode text");
        }
    }

    /**
     * Decodes a memo.
     *
     * @throws MalformedException if the bytes are not UTF-8 in its shortest form
     */
    static String decode(byte[] bytes) {
        if (bytes.length == 0) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(RejectionReason.MEMO_NOT_UTF8, "the memo is not valid UTF-8");
        }
    }
}
