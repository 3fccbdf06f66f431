package dev.rensa.wallet.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Locale;
import java.util.Map;

/** An address as a QR code (ISO/IEC 18004) in SVG. */
final class QrCode {

    /** Modules of light around the code, as the standard asks for. */
    private static final int MARGIN = 4;

    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(EncodeHintType.MARGIN, MARGIN, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);

    private QrCode() {}

    /**
     * Draws an address. In upper case, which means the same (BIP-173), it takes the code's shorter alphabet: a smaller code
     * that is easier to scan.
     */
    static String svg(String address) {
        BitMatrix modules = encode(address.toUpperCase(Locale.ROOT));
        int size = modules.getWidth();
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            appendRow(modules, y, path);
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size + "H0z\"/>"
                + "<path d=\"" + path + "\"/></svg>";
    }

    private static void appendRow(BitMatrix modules, int y, StringBuilder path) {
        int x = 0;
        while (x < modules.getWidth()) {
            int end = x;
            while (end < modules.getWidth() && modules.get(end, y)) {
                end++;
            }
            if (end > x) {
                path.append('M').append(x).append(' ').append(y);
                path.append('h').append(end - x).append("v1H").append(x).append('z');
            }
            x = end + 1;
        }
    }

    private static BitMatrix encode(String text) {
        try {
            return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, HINTS);
        } catch (WriterException e) {
            throw new IllegalStateException("an address is short enough for a QR code", e);
        }
    }
}
