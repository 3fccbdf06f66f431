package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a connection failed. */
final class TlsFailures {

    private TlsFailures() {}

    static Rejection explain(Throwable failure) {
        if (find(failure, NotSslRecordException.class) != null) {
            return tls("the peer speaks without TLS, and this node is set to use it (rensa.peer.tls)");
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertificateException.class) != null) {
            return tls(
                    "the peer's certificate does not come from an authority of the trust store (rensa.peer.tls.trust): "
                            + messageOf(failure));
        }
        SSLException refused = find(failure, SSLException.class);
        if (refused == null) {
            return new Rejection(RejectionReason.UNREACHABLE, "the connection failed: " + messageOf(failure));
        }
        String message = messageOf(refused);
        return message.toLowerCase(Locale.ROOT).contains("received fatal alert")
                ? tls("the peer refuses this node's certificate (rensa.peer.tls.certificate) or its TLS: " + message)
                : tls("TLS with the peer failed: " + message);
    }

    private static Rejection tls(String detail) {
        return new Rejection(RejectionReason.TLS_FAILED, detail);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String messageOf(Throwable failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
