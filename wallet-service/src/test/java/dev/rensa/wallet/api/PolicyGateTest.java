package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcApprovalStore;
import dev.rensa.wallet.store.JdbcPolicyStore;
import dev.rensa.wallet.store.JdbcWalletStore;
import dev.rensa.wallet.transfer.Order;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyGateTest {

    private static final PublicKey KEY = PublicKey.fromHex("11".repeat(32));
    private static final WalletId ID = new WalletId("till");
    private static final Wallet TILL = new Wallet(ID, "till", 0, true, List.of(new Account(ID, 0, KEY, 0, null)));

    private static final Policy POLICY = new Policy(null, 100L, null, Set.of());

    @TempDir
    Path directory;

    private PolicyGate gate;

    @BeforeEach
    void open() {
        Database database = TestDatabase.sqlite(directory).open();
        new JdbcWalletStore(database).add(TILL, Optional.empty());
        JdbcPolicyStore policies = new JdbcPolicyStore(database);
        policies.save("till", POLICY);
        gate = new PolicyGate(policies, new JdbcApprovalStore(database), new ObjectMapper(), Clock.systemUTC());
    }

    @Test
    void shouldLetARequestPassAgainThatIsStillUnderWayThoughTheDayHoldsOnlyOne() {
        String name = PolicyGate.name("network", "till", "order-1", "hash");
        assertThat(gate.pass(TILL, POLICY, order(100), false, name)).isPresent();

        assertThat(gate.pass(TILL, POLICY, order(100), false, name)).isPresent();

        assertRefused(1, PolicyGate.name("network", "till", "order-2", "hash"), "day-limit");
    }

    @Test
    void shouldAskForPatienceWhereTheSameCostsMoreByNow() {
        String name = PolicyGate.name("network", "till", "order-1", "hash");
        gate.pass(TILL, POLICY, order(100), false, name);

        assertRefused(101, name, "busy");
    }

    private void assertRefused(long mon, String name, String code) {
        assertThatThrownBy(() -> gate.pass(TILL, POLICY, order(mon), false, name))
                .isInstanceOfSatisfying(
                        ApiProblem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static Order order(long mon) {
        return new Order(KEY, Amount.ofMon(mon), Amount.ZERO, 0, "");
    }
}
