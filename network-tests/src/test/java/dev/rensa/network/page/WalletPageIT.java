package dev.rensa.network.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rensa.network.client.NodeClient;
import dev.rensa.network.client.WalletClient.WalletAccount;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalWallet;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wallet's page before real nodes: a wallet is made, earns by mining, pays, and the payment arrives at another one. */
class WalletPageIT {

    private static final long EXPECTED_HASHES = 1_000;
    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final Map<String, String> NODES =
            Map.of("rensa.mining.mode", "manual", "rensa.discovery.interval", "1s");
    private static final Map<String, String> WALLET = Map.of("rensa.wallet.confirmations", "3");

    @TempDir
    Path directory;

    @Test
    void shouldLeadFromFreshWordsToAPaymentThatArrives() {
        Optional<Path> installed = InstalledBrowser.find();
        Assumptions.assumeTrue(
                installed.isPresent(),
                "no Chromium is installed (Debian: apt install chromium, or set RENSA_CHROMIUM): the page is not used");
        Genesis genesis = TestGenesis.of("page", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, List.of());
        try (LocalNetwork network = new LocalNetwork(directory, 2, genesis, NODES);
                LocalWallet wallet = new LocalWallet(network, "wallet", WALLET)) {
            wallet.start();
            network.start(2);
            wallet.awaitReady();
            WalletAccount guest = wallet.client().create("Guest");
            try (InstalledBrowser browser = new InstalledBrowser(installed.orElseThrow(), wallet.url())) {
                Page page = browser.page();
                String address = makeWallet(page);
                earn(page, network.nodes().getFirst().client(), address);
                pay(page, guest.address(), network.nodes().getLast().client());

                page.navigate("/#/wallets/" + guest.wallet());
                Locator received = page.locator("[data-part=history] li");
                assertThat(received).hasCount(1);
                assertThat(received).containsText("+1.50000000 RNS");
                assertThat(received).containsText("two cups of sencha");
                assertThat(received).containsText("final");
                browser.requireQuiet();
            }
            Assertions.assertThat(network.nodes()
                            .getFirst()
                            .client()
                            .account(guest.address())
                            .balance())
                    .isEqualTo(Amount.ofCoins("1.5").mon());
        }
    }

    /** Makes a wallet, writes its words down, and returns its address. */
    private static String makeWallet(Page page) {
        page.navigate("/#/new");
        page.getByLabel("Name").fill("Tea house");
        button(page, "Make the wallet").click();
        assertThat(page.locator(".words li")).hasCount(12);
        List<String> words = page.locator(".words li").allTextContents();
        button(page, "I have written them down").click();
        for (Locator asked : page.locator(".asked input").all()) {
            asked.fill(words.get(Integer.parseInt(String.valueOf(asked.getAttribute("data-at")))));
        }
        button(page, "Check").click();
        assertThat(page.locator("main h1")).containsText("Tea house");
        page.getByText("Receive", new Page.GetByTextOptions().setExact(true)).click();
        return page.locator("code.whole").textContent();
    }

    /** Blocks that pay the wallet appear on its page, and become final. */
    private static void earn(Page page, NodeClient node, String address) {
        page.locator(".crumbs a").last().click();
        node.mine(2, address);
        assertThat(page.locator(".sum")).hasText("2.00000000 RNS");
        Locator rows = page.locator("[data-part=history] li");
        assertThat(rows).hasCount(2);
        assertThat(rows.last()).containsText("mining reward");
        assertThat(rows.last()).containsText("mined, 2 of 3");
        node.mine(1);
        assertThat(rows.last()).containsText("final");
    }

    /** Sends from the page; a node that the wallet may not have asked mines it. */
    private static void pay(Page page, String recipient, NodeClient node) {
        page.getByText("Send", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("Recipient").fill(recipient);
        page.getByLabel("Amount").fill("1.5");
        page.getByLabel("Memo").fill("two cups of sencha");
        button(page, "Review").click();
        button(page, "Send now").click();
        Locator state = page.locator("h1 .chip");
        assertThat(state).hasText("waits for a block");
        Await.until(
                node + " has heard of the payment",
                BOUND,
                () -> node.mempool().toString(),
                () -> node.mempool().pending() == 1);
        node.mine(1);
        assertThat(state).hasText("mined, 1 of 3");
        node.mine(2);
        assertThat(state).hasText("final");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
