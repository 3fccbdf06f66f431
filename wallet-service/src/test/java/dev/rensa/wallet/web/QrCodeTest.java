package dev.rensa.wallet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {

    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) \\d+\"");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1");
    private static final int PIXELS_A_MODULE = 4;

    @Test
    void shouldBeReadAsTheAddressThatItWasDrawnFrom() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            String address = new Address("rns", PublicKey.of(key)).toString();

            String read = scan(QrCode.svg(address));

            assertThat(Address.parse(read, "rns").toString()).isEqualTo(address);
        }
    }

    @Test
    void shouldBeSmallEnoughToScanFromAPhone() {
        String svg = QrCode.svg(new Address("rns", PublicKey.fromHex("11".repeat(32))).toString());

        assertThat(size(svg)).isLessThanOrEqualTo(41);
        assertThat(svg).doesNotContain("script", "style", "href");
    }

    private static String scan(String svg) throws Exception {
        int size = size(svg) * PIXELS_A_MODULE;
        int[] pixels = new int[size * size];
        Arrays.fill(pixels, 0xffffff);
        Matcher runs = RUN.matcher(svg);
        while (runs.find()) {
            int x = Integer.parseInt(runs.group(1)) * PIXELS_A_MODULE;
            int y = Integer.parseInt(runs.group(2)) * PIXELS_A_MODULE;
            int width = Integer.parseInt(runs.group(3)) * PIXELS_A_MODULE;
            for (int row = y; row < y + PIXELS_A_MODULE; row++) {
                Arrays.fill(pixels, row * size + x, row * size + x + width, 0);
            }
        }
        LuminanceSource image = new RGBLuminanceSource(size, size, pixels);
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new GlobalHistogramBinarizer(image)),
                        Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE)))
                .getText();
    }

    private static int size(String svg) {
        Matcher size = SIZE.matcher(svg);
        assertThat(size.find()).isTrue();
        return Integer.parseInt(size.group(1));
    }
}
