package dev.rensa.wallet.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.AuditEntry;
import dev.rensa.wallet.access.Role;
import dev.rensa.wallet.fixture.Burial;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Contact;
import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.key.SealedTexts;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.store.JdbcAccessStore;
import dev.rensa.wallet.store.JdbcApprovalStore;
import dev.rensa.wallet.store.JdbcContactStore;
import dev.rensa.wallet.store.JdbcPolicyStore;
import dev.rensa.wallet.store.JdbcTransferFeed;
import dev.rensa.wallet.store.JdbcWebhookStore;
import dev.rensa.wallet.transfer.Answers;
import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.Restoration;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferEvent;
import dev.rensa.wallet.transfer.TransferFeed;
import dev.rensa.wallet.transfer.TransferState;
import dev.rensa.wallet.webhook.HostRule;
import dev.rensa.wallet.webhook.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one wallet's database into another's. */
class BackupStoryTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));
    private static final Set<String> MAY_BE_EMPTY = Set.of("webhook_delivery", "former_transaction", "received_search");

    private static final PublicKey WATCHED = PublicKey.fromHex("22".repeat(32));
    static final String PASSPHRASE = "correct horse battery staple";
    private static final long MUCH = 1_000_000_000L;

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final List<FakeNode> nodes = List.of(new FakeNode("a", chain), new FakeNode("b", chain));
    private final Burial burial = new Burial();
    private WalletBench former;
    private WalletBench next;
    private Account payer;

    TestDatabase from(Path home) {
        return TestDatabase.sqlite(home);
    }

    TestDatabase into(Path home) {
        return TestDatabase.sqlite(home);
    }

    @BeforeEach
    void open() throws IOException {
        Path here = Files.createDirectory(directory.resolve("former"));
        Path there = Files.createDirectory(directory.resolve("next"));
        former = new WalletBench(from(here), here, chain, nodes);
        TestDatabase home = into(there);
        next = new WalletBench(home, there, chain, nodes, store -> burial.before(store, home::open));
        payer = former.wallets().create("till").wallet().accounts().getFirst();
        chain.fund(payer.key(), MUCH);
        next.round();
    }

    @AfterEach
    void close() {
        former.close();
        next.close();
    }

    @Test
    void shouldBringEverythingOver() throws IOException {
        live();
        Map<String, List<String>> before = Rows.of(former.database());

        Archive.Restored restored = next.restore(former.backup(PASSPHRASE), PASSPHRASE);

        assertThat(restored).isEqualTo(new Archive.Restored(2, 4, 0, 0));
        assertThat(Rows.of(next.database())).isEqualTo(before);
        assertThat(approval(former).restored()).isFalse();
        assertThat(approval(next).restored()).isTrue();
        assertThat(new JdbcTransferFeed(next.database()).epoch())
                .isGreaterThan(new JdbcTransferFeed(former.database()).epoch());
        assertThat(before)
                .allSatisfy((table, rows) ->
                        assertThat(rows).as(table).hasSizeGreaterThan(MAY_BE_EMPTY.contains(table) ? -1 : 0));
        former.close();
        Transfer paid =
                next.pay(payer, RECIPIENT, 7, "behind the backup").join().transfer();
        next.runUntil(() -> next.isIn(paid, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(3 + 7);
        String secret = new JdbcWebhookStore(next.database()).list().getFirst().id();
        assertThat(new SealedTexts(next.vault())
                        .<Integer>open(
                                new JdbcWebhookStore(next.database())
                                        .sealedSecret(secret)
                                        .orElseThrow(),
                                "webhook/" + secret,
                                bytes -> bytes.length))
                .isEqualTo(32);
    }

    @Test
    void shouldFindOnTheChainWhatTheFormerWalletPaidBehindTheBackup() throws IOException {
        Transfer outbid = former.pay(payer, order(5, 0), "outbid").join().transfer();
        former.lookUntil(() -> former.isIn(outbid, TransferState.SUBMITTED));
        Transfer unsigned = unsigned(order(11, chain.height() + 50));
        byte[] file = former.backup(PASSPHRASE);
        Answers.await(former.engine()
                .changes()
                .raiseFee(former.current(outbid), Amount.ofMon(10), former.account(payer.key()), "key:me"));
        former.awaitReplacement(outbid);
        former.runUntil(() -> former.isIn(outbid, TransferState.FINAL) && former.isIn(unsigned, TransferState.FINAL));
        former.close();

        Archive.Restored restored = next.restore(file, PASSPHRASE);
        next.runUntil(() -> next.isIn(outbid, TransferState.FINAL) && next.isIn(unsigned, TransferState.FINAL));

        assertThat(restored.held()).isEqualTo(1);
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5 + 11);
        assertThat(next.current(unsigned).transaction())
                .isEqualTo(former.current(unsigned).transaction());
        assertThat(next.store().history(unsigned.id()))
                .extracting(TransferEvent::cause)
                .anyMatch(cause -> cause.startsWith("restored from a backup"))
                .anyMatch(cause -> cause.contains("signed by another wallet of the same keys"));
        assertSequenceIsWhole();
    }

    /** S has the nonce with which another wallet of the same keys pays H: it can never be mined. */
    @Test
    void shouldGoOnWhenTheFormerWalletPaidAHeldTransferWithTheNonceOfAnother() throws IOException {
        Transfer signed = former.pay(payer, order(5, 0), "signed").join().transfer();
        former.lookUntil(() -> former.isIn(signed, TransferState.SUBMITTED));
        Transfer unsigned = unsigned(order(11, 0));
        byte[] file = former.backup(PASSPHRASE);
        former.close();
        chain.loseMempool();
        assertThat(chain.submit(List.of(signedElsewhere(order(11, 0), 0))).rejected())
                .isZero();
        chain.mine();

        next.restore(file, PASSPHRASE);
        next.runUntil(() -> next.isIn(unsigned, TransferState.FINAL) && next.isIn(signed, TransferState.REPLACED));

        assertThat(chain.balance(RECIPIENT)).isEqualTo(11);
        Transfer later = next.pay(payer, RECIPIENT, 7, "later").join().transfer();
        next.runUntil(() -> next.isIn(later, TransferState.FINAL));
    }

    private Transaction signedElsewhere(Order order, long nonce) {
        PrivateKey key = former.wallets().signingKey(payer.wallet(), payer.index(), payer.key());
        return new TransferBody(
                        Genesis.networkId(chain.network()),
                        payer.key(),
                        nonce,
                        order.recipient(),
                        order.amount(),
                        order.fee(),
                        order.validUntil(),
                        order.memo())
                .sign(key, chain.network(), new byte[32]);
    }

    @Test
    void shouldHoldWhatWasNotSignedUntilSomebodyReleasesIt() throws IOException {
        Transfer sent = former.pay(payer, order(5, 0), "sent").join().transfer();
        former.lookUntil(() -> former.isIn(sent, TransferState.SUBMITTED));
        Transfer unsigned = unsigned(order(11, 0));
        byte[] file = former.backup(PASSPHRASE);
        former.close();

        next.restore(file, PASSPHRASE);
        Transfer later = next.pay(payer, RECIPIENT, 100, "later").join().transfer();
        next.runUntil(() -> next.isIn(sent, TransferState.FINAL) && next.isIn(later, TransferState.FINAL));
        for (int i = 0; i < 10; i++) {
            chain.mine();
            next.round();
        }

        assertThat(chain.balance(RECIPIENT)).isEqualTo(5 + 100);
        assertThat(next.current(unsigned).isHeld()).isTrue();
        assertThat(next.pay(payer, order(11, 0), "unsigned").join().transfer().id())
                .isEqualTo(unsigned.id());
        assertThat(release()).isEqualTo(new Restoration.Released(1, 0));
        next.runUntil(() -> next.isIn(unsigned, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5 + 100 + 11);
    }

    @Test
    void shouldSayWhatIsReleasedThoughTheLeaseIsLostBehindThat() throws IOException {
        Transfer unsigned = unsigned(order(11, 0));
        byte[] file = former.backup(PASSPHRASE);
        former.close();
        next.restore(file, PASSPHRASE);
        next.round();

        burial.after(1);

        assertThat(release()).isEqualTo(new Restoration.Released(1, 0));
        next.runUntil(() -> burial.isDone() && next.isIn(unsigned, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(11);
    }

    @Test
    void shouldReleaseNothingWhileNodesHaveTransactionsOfTheFormerWallet() throws IOException {
        Transfer unsigned = unsigned(order(11, 0));
        byte[] file = former.backup(PASSPHRASE);
        former.lookUntil(() -> former.isIn(unsigned, TransferState.SUBMITTED));
        former.close();

        next.restore(file, PASSPHRASE);
        next.round();

        assertThat(release()).isEqualTo(new Restoration.Released(0, 1));
        next.runUntil(() -> next.isIn(unsigned, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(11);
    }

    @Test
    void shouldReleaseNothingBeforeTheBlocksWereReadThatMayHoldThePayment() throws IOException {
        Transfer unsigned = unsigned(order(11, 0));
        byte[] file = former.backup(PASSPHRASE);
        former.runUntil(() -> former.isIn(unsigned, TransferState.FINAL));
        former.close();

        next.restore(file, PASSPHRASE);

        assertThat(release()).isEqualTo(new Restoration.Released(0, 1));
        next.runUntil(() -> next.isIn(unsigned, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(11);
    }

    @Test
    void shouldEndWhatNobodyCanHavePaidAnyMore() throws IOException {
        Transfer unsigned = unsigned(order(11, chain.height() + 5));
        byte[] file = former.backup(PASSPHRASE);
        former.close();

        next.restore(file, PASSPHRASE);
        next.runUntil(() -> next.isIn(unsigned, TransferState.EXPIRED));

        assertThat(next.current(unsigned).reason()).contains("restored from a backup");
        assertThat(chain.balance(RECIPIENT)).isZero();
    }

    @Test
    void shouldChangeNothingIfTheFileDoesNotOpen() throws IOException {
        live();
        byte[] file = former.backup(PASSPHRASE);
        byte[] changed = file.clone();
        changed[file.length / 2] ^= 1;
        Map<String, List<String>> before = Rows.of(next.database());

        assertThatThrownBy(() -> next.restore(file, "another passphrase")).hasMessageContaining("passphrase");
        assertThatThrownBy(() -> next.restore(Arrays.copyOf(file, file.length - 1), PASSPHRASE))
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> next.restore(changed, PASSPHRASE)).hasMessageContaining("changed");

        assertThat(Rows.of(next.database())).isEqualTo(before);
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("till", "RFC");
    }

    @Test
    void shouldNotMixTwoWallets() throws IOException {
        byte[] file = former.backup(PASSPHRASE);
        next.wallets().create("mine");

        assertThatThrownBy(() -> next.restore(file, PASSPHRASE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("has wallets already");
        assertThat(next.wallets().list(0, 10)).hasSize(1);
    }

    /** The former wallet's. */
    byte[] backup() throws IOException {
        return former.backup(PASSPHRASE);
    }

    private Restoration.Released release() {
        Restoration restoration = next.engine().restoration();
        List<PublicKey> senders = Answers.await(restoration.senders(chain.network()));
        return Answers.await(restoration.release(
                chain.network(),
                senders.stream().collect(Collectors.toMap(sender -> sender, next::account)),
                "key:me"));
    }

    /** One that has a nonce and no signature, because the vault was locked. */
    private Transfer unsigned(Order order) throws IOException {
        former.vault().lock();
        Transfer unsigned = former.pay(payer, order, "unsigned").join().transfer();
        Awaitility.await().until(() -> former.isIn(unsigned, TransferState.RESERVED));
        former.vault().unlock(Optional.of(MasterSecret.ofFile(directory.resolve("former/secret"))), null);
        assertThat(former.current(unsigned).transaction()).isNull();
        return unsigned;
    }

    private static Order order(long mon, long validUntil) {
        return new Order(RECIPIENT, Amount.ofMon(mon), Amount.ZERO, validUntil, "memo");
    }

    /** A little of everything that a wallet keeps. */
    private void live() {
        var database = former.database();
        former.wallets().addAccount(former.wallets().find(payer.wallet()).orElseThrow(), "coins");
        former.wallets().watch("watched", List.of(WATCHED));
        new JdbcContactStore(database).put(new Contact("Aiko", RECIPIENT, "pays on Fridays", 1));
        WalletId wallet = payer.wallet();
        new JdbcPolicyStore(database).save(wallet.value(), new Policy(null, MUCH, 1000L, Set.of(RECIPIENT)));
        new JdbcPolicyStore(database).count("c".repeat(64), wallet.value(), 5, MUCH, 2, 0);
        new JdbcApprovalStore(database)
                .add(
                        new Approval(
                                "a",
                                chain.network().toHex(),
                                wallet.value(),
                                "{}",
                                null,
                                "h".repeat(64),
                                Approval.WAITING,
                                "key:c",
                                1,
                                null,
                                null,
                                null),
                        0);
        JdbcAccessStore access = new JdbcAccessStore(database);
        access.keys().add(new ApiKey("id", "shop", Role.SPENDER, "ab".repeat(32), 5, "local", null, null));
        access.audit().add(new AuditEntry("0".repeat(32), 1, "local", "key-created", "shop"));
        new Webhooks(
                        new JdbcWebhookStore(database),
                        new JdbcTransferFeed(database),
                        new SealedTexts(former.vault()),
                        new HostRule(Set.of("*")),
                        new SecureRandom(),
                        Clock.systemUTC())
                .create("shop", URI.create("https://shop.example"), Set.of(NoticeType.TRANSFER_FINAL), null, "key:me");
        Answers.await(former.payAll(payer, List.of(order(1, 0), order(2, 0)), "payday"));
        former.pay(payer, WATCHED, 4, "watched").join();
        Transfer failed = former.pay(payer, order(3, 0), "cancelled").join().transfer();
        former.lookUntil(() -> former.isIn(failed, TransferState.SUBMITTED));
        Answers.await(former.engine().changes().cancel(former.current(failed), "key:me"));
        former.awaitReplacement(failed);
        former.runUntil(() -> former.engine().desk().openCount() == 0);
    }

    private static Approval approval(WalletBench bench) {
        return new JdbcApprovalStore(bench.database()).find("a").orElseThrow();
    }

    private void assertSequenceIsWhole() {
        TransferFeed feed = new JdbcTransferFeed(next.database());
        assertThat(feed.after(0, TransferFeed.Filter.ALL, 1000).notices())
                .extracting(Notice::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, feed.last()).boxed().toList());
    }
}
