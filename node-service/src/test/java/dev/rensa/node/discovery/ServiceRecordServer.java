package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DNS server on loopback that answers every question with SRV records (RFC 1035, RFC 2782). */
final class ServiceRecordServer implements AutoCloseable {

    private static final int HEADER_BYTES = 12;
    private static final int TYPE_SRV = 33;
    private static final int CLASS_IN = 1;
    private static final int POINTER_TO_QUESTION = 0xc000 | HEADER_BYTES;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<PeerAddress> services = List.of();

    ServiceRecordServer() throws SocketException {
        Thread.ofPlatform().daemon().name("test-dns").start(this::serve);
    }

    PeerAddress address() {
        return new PeerAddress("127.0.0.1", socket.getLocalPort());
    }

    void answer(PeerAddress... newServices) {
        services = List.of(newServices);
    }

    List<String> asked() {
        return asked;
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = reply(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private byte[] reply(byte[] query) throws IOException {
        int end = HEADER_BYTES;
        StringBuilder name = new StringBuilder();
        while (query[end] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, end + 1, query[end], StandardCharsets.US_ASCII));
            end += 1 + query[end];
        }
        asked.add(name.toString());
        List<PeerAddress> now = services;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort(0x8180);
        out.writeShort(1);
        out.writeShort(now.size());
        out.writeInt(0);
        out.write(query, HEADER_BYTES, end + 5 - HEADER_BYTES);
        for (PeerAddress service : now) {
            writeRecord(out, service);
        }
        return bytes.toByteArray();
    }

    private static void writeRecord(DataOutputStream out, PeerAddress service) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        for (String label : service.host().split("\\.", -1)) {
            target.write(label.length());
            target.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        target.write(0);
        out.writeShort(POINTER_TO_QUESTION);
        out.writeShort(TYPE_SRV);
        out.writeShort(CLASS_IN);
        out.writeInt(0);
        out.writeShort(6 + target.size());
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(service.port());
        target.writeTo(out);
    }

    @Override
    public void close() {
        socket.close();
    }
}
