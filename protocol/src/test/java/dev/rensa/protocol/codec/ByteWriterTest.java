package dev.rensa.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.Hash;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ByteWriterTest {

    @Test
    void shouldKeepEveryByteWhenItOutgrowsTheExpectedLength() {
        byte[] expected = new byte[100];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i + 1);
        }

        ByteWriter oneByOne = new ByteWriter(0);
        for (byte b : expected) {
            oneByOne.writeU8(b & 0xff);
        }
        ByteWriter atOnce = new ByteWriter(0).writeBytes(expected);

        assertThat(oneByOne.toBytes()).isEqualTo(expected);
        assertThat(atOnce.toBytes()).isEqualTo(expected);
    }

    @Test
    void shouldGrowAtEveryKindOfField() {
        Hash hash = Hash.fromHex("0f".repeat(32));

        byte[] bytes = new ByteWriter(0)
                .writeBytes(new byte[15])
                .writeU16(0x0102)
                .writeBytes(new byte[14])
                .writeInt(0x03040506)
                .writeBytes(new byte[28])
                .writeLong(0x0708090a0b0c0d0eL)
                .writeFixed(hash)
                .toBytes();

        String expected = "00".repeat(15) + "0102" + "00".repeat(14) + "03040506" + "00".repeat(28) + "0708090a0b0c0d0e"
                + hash.toHex();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
    }
}
