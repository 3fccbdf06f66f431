package dev.rensa.wallet.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.FakeReceiver;
import dev.rensa.wallet.fixture.FakeReceiver.Message;
import dev.rensa.wallet.fixture.TestClock;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.SealedTexts;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcTransferFeed;
import dev.rensa.wallet.store.JdbcWebhookStore;
import dev.rensa.wallet.transfer.Acceptance;
import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.StoreException;
import dev.rensa.wallet.transfer.TransferFeed;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    /** The clock stands still: whoever was not answered in time on a busy machine would never be told again. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    private static final Retries RETRIES = new Retries(List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)));

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private final HostRule hosts = new HostRule(Set.of("127.0.0.1"));
    private WalletBench bench;
    private FakeReceiver receiver;
    private Sender sender;
    private TransferFeed feed;
    private WebhookStore store;
    private SealedTexts secrets;
    private Webhooks webhooks;

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @BeforeEach
    void open() throws IOException {
        FakeChain chain = FakeChain.development();
        TestDatabase home = database(directory);
        bench = new WalletBench(home, directory, chain, List.of(new FakeNode("a", chain), new FakeNode("b", chain)));
        Database database = home.open();
        receiver = new FakeReceiver();
        sender = new Sender(hosts, PATIENCE, clock);
        feed = new JdbcTransferFeed(database);
        store = new JdbcWebhookStore(database);
        secrets = new SealedTexts(bench.vault());
        webhooks = new Webhooks(store, feed, secrets, hosts, new SecureRandom(), clock);
    }

    @AfterEach
    void close() {
        bench.close();
        receiver.close();
        sender.close();
    }

    @Test
    void shouldTellEveryStepInOrderAndSigned() throws Exception {
        Webhooks.Created created = create(NoticeType.named("transfer"));
        pay(60);

        tellUntil(dispatcher(store), () -> receiver.messages().size() == feed.last());

        byte[] key = Base64.getDecoder().decode(created.secret().text().substring(WebhookSecret.PREFIX.length()));
        List<Notice> steps = feed.after(0, TransferFeed.Filter.ALL, 1000).notices();
        assertThat(receiver.messages())
                .extracting(FakeReceiver.Message::body)
                .containsExactlyElementsOf(
                        steps.stream().map(DispatcherTest::text).toList());
        assertThat(receiver.messages()).extracting(Message::id).doesNotHaveDuplicates();
        for (Message message : receiver.messages()) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((message.id() + "." + message.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
            assertThat(message.signature())
                    .isEqualTo("v1,"
                            + Base64.getEncoder()
                                    .encodeToString(mac.doFinal(message.body().getBytes(StandardCharsets.UTF_8))));
        }
        assertThat(webhooks.waiting(created.webhook())).isZero();
        assertThat(webhooks.find(created.webhook().id()).orElseThrow().last())
                .extracting(Webhook.Attempt::result)
                .isEqualTo(Webhook.Attempt.TAKEN);
    }

    @Test
    void shouldTryAgainAtGrowingIntervalsAndThenShowWhatWasGivenUp() {
        Webhook webhook = create(EnumSet.of(NoticeType.TRANSFER_FINAL)).webhook();
        receiver.answer(message -> 500);
        Dispatcher dispatcher = dispatcher(store);
        pay(1);

        tellUntil(dispatcher, () -> receiver.messages().size() == 1);
        assertThat(settled(webhook).getFirst().lastResult()).isEqualTo("answered 500");
        clock.pass(Duration.ofSeconds(4));
        rounds(dispatcher);
        assertThat(receiver.messages()).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        tellUntil(dispatcher, () -> receiver.messages().size() == 2);
        settled(webhook);
        clock.pass(Duration.ofSeconds(59));
        rounds(dispatcher);
        assertThat(receiver.messages()).hasSize(2);
        clock.pass(Duration.ofSeconds(1));
        tellUntil(
                dispatcher,
                () -> webhooks.deliveries(webhook, Delivery.DEAD, 0, 10).size() == 1);

        assertThat(receiver.messages()).hasSize(3).extracting(Message::id).containsOnly(firstId());
        assertThat(webhooks.waiting(webhook)).isZero();
        assertThat(dispatcher.deadCount()).isEqualTo(1);
        receiver.answer(message -> 200);
        assertThat(webhooks.revive(webhook)).isEqualTo(1);
        clock.pass(Duration.ofMinutes(5));
        tellUntil(
                dispatcher,
                () -> webhooks.deliveries(webhook, Delivery.DEAD, 0, 10).isEmpty() && webhooks.waiting(webhook) == 0);
        assertThat(receiver.messages()).hasSize(4);
    }

    @Test
    void shouldTellAgainUnderTheSameIdWhatADyingProcessHadSent() {
        Webhook webhook = create(EnumSet.of(NoticeType.TRANSFER_MINED, NoticeType.TRANSFER_FINAL))
                .webhook();
        pay(1);
        tellUntil(dispatcher(dyingBeforeItSettles()), () -> receiver.messages().size() == 2);

        Dispatcher survivor = dispatcher(store);
        rounds(survivor);
        assertThat(receiver.messages()).hasSize(2);
        clock.pass(Duration.ofMinutes(1));
        tellUntil(survivor, () -> webhooks.waiting(webhook) == 0);

        List<String> ids = receiver.messages().stream().map(Message::id).toList();
        assertThat(ids).hasSize(4);
        assertThat(ids.subList(2, 4)).isEqualTo(ids.subList(0, 2));
    }

    @Test
    void shouldTellEachStepOnceThoughTwoReplicasTell() {
        Webhook webhook = create(EnumSet.of(NoticeType.TRANSFER_FINAL)).webhook();
        Dispatcher first = dispatcher(store);
        Dispatcher second = dispatcher(store);
        pay(70);

        tellUntil(first, () -> {
            second.round();
            return webhooks.waiting(webhook) == 0 && receiver.messages().size() >= 70;
        });

        assertThat(receiver.messages()).hasSize(70).extracting(Message::id).doesNotHaveDuplicates();
    }

    /** The receiver takes his time for the first step of many; what the other replica does meanwhile must wait its turn. */
    @Test
    void shouldTellAWebhookInOrderThoughTwoReplicasTell() {
        Webhook webhook = create(EnumSet.of(NoticeType.TRANSFER_FINAL)).webhook();
        CountDownLatch looked = new CountDownLatch(3);
        Dispatcher first = dispatcher(store);
        Dispatcher second = dispatcher(whoseClaims(looked));
        receiver.answer(message -> {
            tellUntil(second, () -> looked.getCount() == 0);
            return 200;
        });
        pay(120);

        tellUntil(
                first,
                () -> webhooks.waiting(webhook) == 0 && receiver.messages().size() >= 120);

        List<Long> told = receiver.messages().stream()
                .map(message -> Long.parseLong(message.body().split(" ", 2)[0]))
                .toList();
        assertThat(told).hasSize(120).isSorted();
    }

    /** A store of a replica of which one knows how often it asked for deliveries and had its answer. */
    private WebhookStore whoseClaims(CountDownLatch claims) {
        return (WebhookStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WebhookStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("claim")) {
                            claims.countDown();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void shouldLeaveASilentReceiverAloneAndServeTheOthers() throws IOException {
        try (FakeReceiver good = new FakeReceiver();
                Sender impatient = new Sender(hosts, IMPATIENCE, clock)) {
            receiver.setSilent(true);
            create(EnumSet.of(NoticeType.TRANSFER_FINAL));
            webhooks.create("good", good.url(), EnumSet.of(NoticeType.TRANSFER_FINAL), null, "key:me");
            pay(20);
            Dispatcher dispatcher = dispatcher(store, impatient);

            tellUntil(dispatcher, () -> good.messages().size() == 20);
            tellUntil(dispatcher, () -> dispatcher.failedCount() == 3);
            rounds(dispatcher);

            assertThat(receiver.messages()).hasSize(3);
        }
    }

    @Test
    void shouldFollowNoRedirectAndCallNoHostThatIsNotAllowed() {
        Webhook webhook = create(EnumSet.of(NoticeType.TRANSFER_FINAL)).webhook();
        receiver.answer(message -> 302);
        Dispatcher dispatcher = dispatcher(store);

        assertThat(dispatcher.test(webhook, new byte[0])).isEqualTo("answered 302");
        assertThat(receiver.messages()).extracting(Message::path).containsExactly("/hook");
        URI elsewhere = URI.create("http://localhost:" + receiver.url().getPort() + "/hook");
        Webhooks.Created foreign =
                webhooks.create("x", elsewhere, Set.of(), null, "key:me").orElseThrow();
        assertThat(webhooks.allows(elsewhere)).isFalse();
        assertThat(dispatcher.test(foreign.webhook(), new byte[0])).contains("rensa.wallet.webhooks.allowed-hosts");
        assertThat(receiver.messages()).hasSize(1);
    }

    @Test
    void shouldKnowWhichHostsAreAllowed() {
        HostRule rule = new HostRule(Set.of("shop.example", "*.Inside.example"));

        assertThat(rule.allows(URI.create("https://SHOP.example/x"))).isTrue();
        assertThat(rule.allows(URI.create("https://a.b.inside.example"))).isTrue();
        assertThat(rule.allows(URI.create("https://inside.example"))).isFalse();
        assertThat(rule.allows(URI.create("https://evilinside.example"))).isFalse();
        assertThat(rule.allows(URI.create("https://shop.example.evil.example"))).isFalse();
        assertThat(new HostRule(Set.of("*")).allows(URI.create("http://169.254.169.254/")))
                .isTrue();
        assertThat(new HostRule(Set.of()).allows(URI.create("http://127.0.0.1/")))
                .isFalse();
    }

    @Test
    void shouldKeepTheSecretSealed() {
        Webhooks.Created created = create(Set.of());

        String kept = store.sealedSecret(created.webhook().id()).orElseThrow();

        assertThat(kept).doesNotContain(created.secret().text().substring(WebhookSecret.PREFIX.length()));
        assertThat(created.secret()).hasToString("WebhookSecret[hidden]");
    }

    private Webhooks.Created create(Set<NoticeType> types) {
        return webhooks.create("shop", receiver.url(), types, null, "key:me").orElseThrow();
    }

    private Dispatcher dispatcher(WebhookStore through) {
        return dispatcher(through, sender);
    }

    private Dispatcher dispatcher(WebhookStore through, Sender by) {
        return new Dispatcher(
                through, feed, secrets, by, RETRIES, notice -> text(notice).getBytes(StandardCharsets.UTF_8), clock);
    }

    /** A process that is killed when it would write how its requests went. */
    private WebhookStore dyingBeforeItSettles() {
        return (WebhookStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WebhookStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("settle")) {
                        throw new StoreException("killed", new SQLException("the process is dead"));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void pay(int payments) {
        var faucet = bench.faucet();
        List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
        for (int i = 0; i < payments; i++) {
            answers.add(bench.pay(faucet, RECIPIENT, 1, null));
        }
        answers.forEach(CompletableFuture::join);
        bench.runUntil(() -> bench.engine().desk().openCount() == 0);
    }

    private List<Delivery> settled(Webhook webhook) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> webhooks.deliveries(webhook, Delivery.WAITING, 0, 10).stream()
                        .allMatch(each -> each.attempts() == receiver.messages().size()));
        return webhooks.deliveries(webhook, Delivery.WAITING, 0, 10);
    }

    private String firstId() {
        return receiver.messages().getFirst().id();
    }

    private static void tellUntil(Dispatcher dispatcher, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    dispatcher.round();
                    return condition.call();
                });
    }

    /** Several, so that what must not happen has its chance. */
    private static void rounds(Dispatcher dispatcher) {
        for (int i = 0; i < 5; i++) {
            dispatcher.round();
        }
    }

    private static String text(Notice notice) {
        return notice.sequence() + " " + notice.type() + " " + notice.name();
    }
}
