package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.GuardedSettings;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.DataKey;
import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.key.Mnemonic;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.WalletSecret;
import dev.rensa.wallet.key.Wallets;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Uses every way in which a secret enters or leaves, wrongly too, and then looks for them wherever something stays. */
@QuarkusTest
@TestProfile(GuardedAccessTest.Guarded.class)
@WithTestResource(FakeNetwork.class)
@WithTestResource(GuardedSettings.class)
class SecretsTest {

    private static final String LETTER =
            "letter advice cage absurd amount doctor acoustic avoid letter advice cage above";
    /** Said by a logger of the service: where it is not heard, neither would a secret be. */
    private static final String CANARY = "canary-in-the-log";

    private static final String PASSPHRASE = "xyzzy-plugh-passphrase";
    private static final String ALMOST = LETTER.replace("above", "absurd");

    @Inject
    Wallets wallets;

    @Inject
    Vault vault;

    @ConfigProperty(name = "rensa.wallet.data-dir")
    Path data;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    /** Threads of the service log into it too. */
    private final Queue<String> kept = new ConcurrentLinkedQueue<>();

    @Test
    void shouldLeaveNoSecretAnywhere() throws IOException {
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                kept.add(line.getMessage() + Arrays.toString(line.getParameters()));
                for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
                    kept.add(cause.toString());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        Logger own = Logger.getLogger("dev.rensa");
        Level before = own.getLevel();
        own.setLevel(Level.ALL);
        root.addHandler(log);
        Map<String, String> secrets;
        try {
            System.getLogger(Vault.class.getName()).log(System.Logger.Level.DEBUG, "a line {0}", CANARY);
            secrets = live();
        } finally {
            root.removeHandler(log);
            own.setLevel(before);
        }
        Map<String, byte[]> places = new LinkedHashMap<>();
        places.put("answers, texts and logs", String.join("\n", kept).getBytes(StandardCharsets.ISO_8859_1));
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("wallet.db"))
                    .toList()) {
                places.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }

        assertThat(places).hasSizeGreaterThan(1);
        assertThat(String.join("\n", kept)).as("what the service logs is heard").contains(CANARY);
        // Metrics of the JVM: those of the wallet itself belong to the first application that this JVM has run.
        assertThat(String.join("\n", kept))
                .contains("jvm_threads", "wallet-made", "credentials-refused", "malformed-request");
        places.forEach((place, bytes) -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            secrets.forEach((name, secret) -> assertThat(text.contains(secret))
                    .as("%s holds the %s", place, name)
                    .isFalse());
        });
    }

    /** Makes, imports, misspells, signs, locks, fails; keeps every answer but those that show a secret once. */
    private Map<String, String> live() {
        Map<String, String> secrets = new LinkedHashMap<>();
        Response fresh = post("/wallets", "{\"label\":\"fresh\",\"passphrase\":\"" + PASSPHRASE + "\"}");
        secrets.put("fresh mnemonic", fresh.path("mnemonic"));
        Response key = post("/keys", "{\"name\":\"k\",\"role\":\"reader\"}");
        secrets.put("API key", key.path("secret"));
        secrets.put("administrator's key", GuardedSettings.ADMIN_KEY);
        secrets.put("passphrase", PASSPHRASE);
        secrets.put("imported mnemonic", LETTER);
        secrets.put("mistyped mnemonic", ALMOST);
        String imported = keep(post(
                        "/wallets",
                        "{\"label\":\"i\",\"mnemonic\":\"" + LETTER + "\",\"passphrase\":\"" + PASSPHRASE + "\"}"))
                .path("id");
        keep(post("/wallets", "{\"label\":\"i\",\"mnemonic\":\"" + ALMOST + "\"}"));
        keep(post("/wallets", "{\"label\":\"i\",\"mnemonics\":\"" + LETTER + "\"}"));
        keep(post("/wallets", "{\"label\":\"i\",\"mnemonic\":[\"" + LETTER + "\"]}"));
        keep(post("/wallets", "{\"label\":\"i\",\"mnemonic\":\"" + LETTER + "\""));
        keep(post("/wallets", LETTER));
        Response webhook = post("/webhooks", "{\"label\":\"w\",\"url\":\"http://127.0.0.1:9/\"}");
        secrets.put("webhook's secret", webhook.<String>path("secret").substring("whsec_".length()));
        keep(post("/webhooks/" + webhook.path("id") + "/test", ""));
        keep(post("/backup", "{\"passphrase\":\"" + PASSPHRASE + "\"}"));
        keep(post("/backup", "{\"passphrase\":[\"" + PASSPHRASE + "\"]}"));
        keep(admin().multiPart("passphrase", PASSPHRASE)
                .multiPart("file", "b", new byte[] {1})
                .post("/restore"));
        keep(post("/vault/unlock", "{\"passphrase\":\"" + PASSPHRASE + "\"}"));
        keep(post("/vault/unlock", "{\"passphrase\":\"" + PASSPHRASE + "\",\"seconds\":\"" + PASSPHRASE + "\"}"));
        keep(post("/vault/passphrase", "{\"former\":\"" + PASSPHRASE + "\",\"passphrase\":\"" + PASSPHRASE + "\"}"));
        keep(given().header("X-Rensa-Api-Key", key.path("secret") + "x").get("/wallets"));
        keep(given().header("X-Rensa-Api-Key", key.<String>path("secret")).get("/keys"));
        for (String path :
                List.of("/wallets", "/wallets/" + imported, "/keys", "/audit", "/status", "/vault", "/webhooks")) {
            keep(admin().get(path));
        }
        keep(given().get(metrics));
        secrets.putAll(keyMaterial(imported));
        tellTexts(imported);
        return secrets;
    }

    private Map<String, String> keyMaterial(String wallet) {
        Account account =
                wallets.find(new WalletId(wallet)).orElseThrow().accounts().getFirst();
        PrivateKey key = wallets.signingKey(account.wallet(), account.index(), account.key());
        Map<String, String> secrets = new LinkedHashMap<>();
        try (Mnemonic mnemonic = Mnemonic.parse(LETTER)) {
            Map<String, byte[]> raw = new LinkedHashMap<>();
            raw.put("private key", key.toBytes());
            raw.put("entropy", mnemonic.toEntropy());
            raw.put("seed", mnemonic.toSeed(PASSPHRASE));
            raw.put("data key", vault.copyDataKey());
            raw.forEach((name, bytes) -> {
                secrets.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
                secrets.put(name + " in hexadecimal", HexFormat.of().formatHex(bytes));
                secrets.put(name + " in base64", Base64.getEncoder().encodeToString(bytes));
            });
        }
        return secrets;
    }

    private void tellTexts(String id) {
        Wallet wallet = wallets.find(new WalletId(id)).orElseThrow();
        List<Object> all = new ArrayList<>();
        try (Mnemonic mnemonic = Mnemonic.parse(LETTER);
                WalletSecret secret = new WalletSecret(Mnemonic.parse(LETTER), PASSPHRASE.toCharArray())) {
            all.add(mnemonic);
            all.add(secret);
            all.add(new Wallets.Created(wallet, mnemonic));
        }
        all.add(wallet);
        all.add(vault);
        all.add(MasterSecret.ofPassphrase(PASSPHRASE));
        all.add(wallets.signingKey(wallet.id(), 0, wallet.accounts().getFirst().key()));
        all.add(new Requests.NewWallet("l", LETTER, 12, PASSPHRASE, null));
        all.add(new KeyViews.Unlock(PASSPHRASE, 1));
        all.add(new BackupViews.NewBackup(PASSPHRASE));
        all.add(DataKey.of(vault));
        all.add(new KeyViews.NewPassphrase(PASSPHRASE, PASSPHRASE));
        all.add(new AccessViews.KeyView("id", "n", "reader", GuardedSettings.ADMIN_KEY, 0, "x", null, null));
        all.forEach(each -> kept.add(each.toString()));
    }

    private Response keep(Response answer) {
        kept.add(answer.headers() + answer.asString());
        return answer;
    }

    private static Response post(String path, String body) {
        return admin().contentType(ContentType.JSON).body(body).post(path);
    }

    private static io.restassured.specification.RequestSpecification admin() {
        return given().header("X-Rensa-Api-Key", GuardedSettings.ADMIN_KEY);
    }
}
