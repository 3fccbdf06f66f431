package dev.rensa.wallet.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as the specification Standard Webhooks 1.0 says: HMAC-SHA-256 over {@code id.timestamp.body}. The secret
 * stays out of {@link #toString()}.
 */
public final class WebhookSecret {

    /** What a secret's text begins with. */
    public static final String PREFIX = "whsec_";

    private static final int RANDOM_BYTES = 32;
    private static final String MAC = "HmacSHA256";

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /** A fresh one. */
    public static WebhookSecret generate(SecureRandom random) {
        byte[] key = new byte[RANDOM_BYTES];
        random.nextBytes(key);
        return new WebhookSecret(key);
    }

    /** From what {@link #toBytes()} gave. */
    static WebhookSecret ofBytes(byte[] key) {
        return new WebhookSecret(key.clone());
    }

    byte[] toBytes() {
        return key.clone();
    }

    /** The text that is shown once. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param timestampSeconds of the attempt, since 1970
     */
    String sign(String id, long timestampSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK provides HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[hidden]";
    }
}
