package dev.rensa.node.peer;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Begins TLS on connections that are open already, so that half-open ones are counted like any handshake and what is wrong
 * can be told. The files are read once, at start.
 */
final class TlsSessions {

    private static final String VERSION = "TLSv1.3";

    private final SslContext serving;
    private final SslContext dialing;
    private final long timeoutMillis;

    /**
     * Reads certificate, key and authorities.
     *
     * @param timeoutMillis from the beginning of TLS to its end
     * @throws IllegalArgumentException with a sentence that names the file
     */
    TlsSessions(PeerTls tls, long timeoutMillis) {
        Map.of("certificate", tls.certificate(), "key", tls.key(), "trust store", tls.trust())
                .forEach(TlsSessions::requireReadable);
        this.timeoutMillis = timeoutMillis;
        try {
            this.serving = builder(tls, true)
                    .clientAuth(tls.mutual() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .build();
            this.dialing = builder(tls, false).build();
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "the TLS certificate " + tls.certificate() + ", its key " + tls.key() + " or the trust store "
                            + tls.trust() + " cannot be used: " + cause.getMessage(),
                    e);
        }
    }

    private static SslContextBuilder builder(PeerTls tls, boolean serves) {
        SslContextBuilder builder = serves
                ? SslContextBuilder.forServer(
                        tls.certificate().toFile(), tls.key().toFile())
                : SslContextBuilder.forClient()
                        .keyManager(tls.certificate().toFile(), tls.key().toFile());
        return builder.trustManager(tls.trust().toFile())
                .sslProvider(SslProvider.JDK)
                .protocols(VERSION);
    }

    private static void requireReadable(String name, Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the TLS " + name + " " + file + " cannot be read");
        }
    }

    /**
     * Begins; to be called on the connection's event loop and context, before a byte has arrived.
     *
     * @param heard runs when the first byte of one who dialled this node arrives
     * @return what the session is bound to ({@link ChannelBinding}), told on the same context and before what the peer sent
     *     behind its handshake
     */
    Future<byte[]> begin(NetSocket socket, boolean dialed, Runnable heard) {
        ChannelPipeline pipeline =
                ((NetSocketInternal) socket).channelHandlerContext().pipeline();
        SslHandler handler =
                (dialed ? dialing : serving).newHandler(pipeline.channel().alloc());
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        // Netty's listener knows no Vert.x context; without one, the connection would get another event loop's.
        Promise<byte[]> bound = ContextInternal.current().promise();
        handler.handshakeFuture().addListener(ended -> {
            if (!ended.isSuccess()) {
                bound.fail(ended.cause());
                return;
            }
            try {
                bound.complete(ChannelBinding.of(handler.engine().getSession()));
            } catch (SSLException e) {
                bound.fail(e);
            }
        });
        pipeline.addFirst(handler);
        if (!dialed) {
            pipeline.addFirst(new PlaintextDetector(heard));
        }
        return bound.future();
    }
}
