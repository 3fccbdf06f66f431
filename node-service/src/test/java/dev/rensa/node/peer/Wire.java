package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/** A plain socket that speaks frames when it wants to. */
final class Wire implements AutoCloseable {

    private static final int READ_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    Wire(PeerNode node) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), node.transport.listenPort());
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    void shakeHands(int key) throws IOException {
        Handshake handshake = handshake(key);
        send(handshake.greeting());
        handshake.receive(payload());
        send(handshake.receive(payload()).replies().getFirst());
        assertThat(handshake.receive(payload()).complete()).isTrue();
    }

    RejectionReason handshakeEndsWith(int key) throws IOException {
        Handshake handshake = handshake(key);
        send(handshake.greeting());
        handshake.receive(payload());
        send(handshake.receive(payload()).replies().getFirst());
        return goodbye();
    }

    void send(byte[] payload) throws IOException {
        write(Frames.of(payload));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] payload() throws IOException {
        return in.readNBytes(in.readInt());
    }

    /** Why the node hangs up; pings before that are passed over. */
    RejectionReason goodbye() throws IOException {
        for (Message message = MessageCodec.decode(payload()); ; message = MessageCodec.decode(payload())) {
            if (message instanceof Message.Goodbye(RejectionReason reason)) {
                return reason;
            }
            assertThat(message).isInstanceOfAny(Message.Ping.class, Message.GetBodies.class);
        }
    }

    void expectEnd() throws IOException {
        try {
            assertThat(in.read()).isEqualTo(-1);
        } catch (EOFException | SocketException e) {
            // A reset is an end too.
        }
    }

    /** Takes up to so many bytes of the stream; what was taken. */
    int take(int most) throws IOException {
        int taken = in.read(new byte[most]);
        if (taken < 0) {
            throw new EOFException("the node hung up");
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] head(FrameType type, int length) {
        return new ByteWriter(FrameBuffer.HEAD_BYTES)
                .writeU31(length)
                .writeU8(type.number())
                .toBytes();
    }

    static Handshake handshake(int key) {
        NodeIdentity identity = PeerNode.identity(key);
        LocalTip tip = new LocalTip(0, PeerNode.NETWORK, Work.ZERO);
        Hello hello =
                new Hello(PeerNode.NETWORK, identity.nodeKey(), Hash.ZERO, 0, Optional.empty(), "wire", "wire/1", tip);
        return new Handshake(identity, true, hello, ChannelBinding.NONE, _ -> Optional.empty(), _ -> Optional.empty());
    }
}
