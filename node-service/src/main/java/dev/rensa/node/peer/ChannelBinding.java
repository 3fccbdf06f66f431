package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.Hash;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** What is unique to a TLS session and known to its two ends alone: the exporter of RFC 9266. */
final class ChannelBinding {

    /** Without TLS there is nothing to bind to. */
    static final byte[] NONE = {};

    private static final String LABEL = "EXPORTER-Channel-Binding";

    private ChannelBinding() {}

    /**
     * 32 bytes that both ends of the session derive alike.
     *
     * @throws SSLException if the session exports nothing
     */
    static byte[] of(SSLSession session) throws SSLException {
        if (session instanceof ExtendedSSLSession exporting) {
            return exporting.exportKeyingMaterialData(LABEL, new byte[0], Hash.LENGTH);
        }
        throw new SSLException("this Java's TLS does not export keys, which binding proofs to the connection needs");
    }
}
