package dev.rensa.node.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that are their own authorities, made by the JDK's keytool. */
final class TestCertificates {

    private static final char[] PASSWORD = "only-for-tests".toCharArray();
    private static final long KEYTOOL_SECONDS = 60;

    /** PEM files of one certificate and its key. */
    record Pair(Path certificate, Path key) {

        /** TLS that trusts the given certificates. */
        PeerTls trusting(boolean mutual, Pair... trusted) throws IOException {
            StringBuilder authorities = new StringBuilder();
            for (Pair pair : trusted) {
                authorities.append(Files.readString(pair.certificate()));
            }
            Path file = Files.createTempFile(certificate.getParent(), "trust", ".pem");
            Files.writeString(file, authorities);
            return new PeerTls(certificate, key, file, mutual);
        }
    }

    private TestCertificates() {}

    static Pair make(Path directory, String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-alias",
                        "node",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        "2",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(directory.resolve(name + ".log")));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new Pair(
                pem(
                        directory.resolve(name + ".crt"),
                        "CERTIFICATE",
                        keys.getCertificate("node").getEncoded()),
                pem(
                        directory.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey("node", PASSWORD).getEncoded()));
    }

    private static Path pem(Path file, String label, byte[] content) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return Files.write(
                file,
                List.of("-----BEGIN " + label + "-----", lines.encodeToString(content), "-----END " + label + "-----"));
    }
}
