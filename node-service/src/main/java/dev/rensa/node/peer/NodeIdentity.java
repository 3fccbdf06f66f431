package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.Schnorr;
import dev.rensa.protocol.crypto.Signature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key that makes a node the same node wherever it runs. It lies in the data directory, is readable by its owner alone,
 * and shows in no log: {@link #toString()} is the public key. Safe for use by several threads.
 */
public final class NodeIdentity {

    /** Name of the key's file: 64 hexadecimal digits and a line feed. */
    public static final String FILE_NAME = "node.key";

    /** Far more than the file holds; a larger one is something else. */
    private static final long MAX_FILE_BYTES = 256;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key;
    private final NodeKey nodeKey;

    private NodeIdentity(PrivateKey key) {
        this.key = key;
        this.nodeKey = new NodeKey(key.publicKey());
    }

    /** An identity of the given key, for nodes that live in a test or a simulation. */
    public static NodeIdentity of(PrivateKey key) {
        return new NodeIdentity(key);
    }

    /**
     * Reads the key of a data directory, or makes one at the first start.
     *
     * @throws IOException if the directory cannot be written, or the file does not hold a key; it is never replaced then,
     *     for a node that loses its key is a stranger to every allow-list
     */
    public static NodeIdentity loadOrCreate(Path dataDirectory) throws IOException {
        Files.createDirectories(dataDirectory);
        Path file = dataDirectory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            create(file);
        }
        return load(file);
    }

    private static NodeIdentity load(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw notAKey(file);
        }
        byte[] secret = new byte[0];
        try {
            secret = HexFormat.of().parseHex(Files.readString(file).strip());
            return new NodeIdentity(PrivateKey.of(secret));
        } catch (IllegalArgumentException e) {
            // Without the cause: its message might quote what was read.
            throw notAKey(file);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static IOException notAKey(Path file) {
        return new IOException(file + " does not hold a node key (64 hexadecimal digits): restore it from a backup, or"
                + " move it away to let this node start under a new identity");
    }

    /** Written aside and moved into place, so that a kill leaves a whole key or none. */
    private static void create(Path file) throws IOException {
        Path aside = file.resolveSibling(FILE_NAME + ".new");
        Files.deleteIfExists(aside);
        byte[] secret = randomSecret();
        byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(
                aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process is making " + file + ": two nodes cannot share a data directory", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Mode 0600 where files have modes; elsewhere the directory's own protection must do. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static byte[] randomSecret() {
        byte[] secret = new byte[PrivateKey.LENGTH];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** What others know this node by. */
    public NodeKey nodeKey() {
        return nodeKey;
    }

    /** Signs 32 bytes. */
    Signature sign(byte[] message32) {
        byte[] auxiliaryRandomness = new byte[Schnorr.MESSAGE_LENGTH];
        RANDOM.nextBytes(auxiliaryRandomness);
        return Schnorr.sign(key, message32, auxiliaryRandomness);
    }

    @Override
    public String toString() {
        return nodeKey.toString();
    }
}
