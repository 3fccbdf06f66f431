package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was promised before somebody locked the vault. */
class LockedVaultTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();

    @Test
    void shouldKeepItsNonceAndBePaidOnceSomebodyUnlocks() {
        try (WalletBench bench = new WalletBench(directory, chain, List.of(new FakeNode("a", chain)))) {
            Account faucet = bench.faucet();
            bench.vault().lock();

            Transfer first = bench.pay(faucet, RECIPIENT, 1, "first").join().transfer();
            Transfer second = bench.pay(faucet, RECIPIENT, 2, "second").join().transfer();
            bench.lookUntil(() -> bench.isIn(second, TransferState.RESERVED));
            chain.mine(WalletBench.CONFIRMATIONS + 1);
            bench.round();
            assertThat(bench.current(first).state()).isEqualTo(TransferState.RESERVED);
            assertThat(chain.nextNonce(faucet.key())).isZero();

            bench.vault().unlock(Optional.empty(), null);
            bench.runUntil(() -> bench.isIn(first, TransferState.FINAL) && bench.isIn(second, TransferState.FINAL));

            assertThat(bench.current(first).nonce()).isZero();
            assertThat(bench.current(second).nonce()).isEqualTo(1);
            assertThat(chain.balance(RECIPIENT)).isEqualTo(3);
        }
    }
}
