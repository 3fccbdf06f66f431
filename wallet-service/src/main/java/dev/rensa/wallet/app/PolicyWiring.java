package dev.rensa.wallet.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.api.Faucet;
import dev.rensa.wallet.api.PolicyGate;
import dev.rensa.wallet.api.Presenter;
import dev.rensa.wallet.api.TransferService;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.node.Fees;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.policy.PolicyStore;
import dev.rensa.wallet.policy.Quota;
import dev.rensa.wallet.policy.RememberedPolicies;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcApprovalStore;
import dev.rensa.wallet.store.JdbcPolicyStore;
import dev.rensa.wallet.transfer.Engine;
import dev.rensa.wallet.transfer.TransferStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes the way of a transfer request: policy, faucet, desk. */
@Singleton
class PolicyWiring {

    private final WalletConfig.Faucet config;
    private final int validBlocks;

    PolicyWiring(WalletConfig config) {
        this.config = config.faucet();
        this.validBlocks = config.validBlocks();
        if (validBlocks < 1) {
            throw new IllegalArgumentException("rensa.wallet.valid-blocks must be at least 1");
        }
        if (this.config.maxAmount() < 1 || this.config.recipientPerDay() < 1 || this.config.clientPerHour() < 1) {
            throw new IllegalArgumentException("rensa.wallet.faucet.max-amount, rensa.wallet.faucet.recipient-per-day"
                    + " and rensa.wallet.faucet.client-per-hour must be at least 1");
        }
    }

    @Produces
    @Singleton
    PolicyStore policyStore(Database database) {
        PolicyStore store = new JdbcPolicyStore(database);
        return database.isShared() ? store : new RememberedPolicies(store, database::behindWrites);
    }

    @Produces
    @Singleton
    ApprovalStore approvalStore(Database database) {
        return new JdbcApprovalStore(database);
    }

    @Produces
    @Singleton
    PolicyGate policyGate(PolicyStore policies, ApprovalStore approvals, ObjectMapper json, Clock clock) {
        return new PolicyGate(policies, approvals, json, clock);
    }

    @Produces
    @Singleton
    TransferService transferService(
            Wallets wallets,
            Nodes nodes,
            AccountViews accounts,
            Engine engine,
            Presenter presenter,
            TransferStore transfers,
            PolicyGate gate,
            Clock clock) {
        return new TransferService(
                wallets,
                nodes,
                accounts,
                new Fees(nodes, clock),
                engine.desk(),
                engine.changes(),
                engine.payouts(),
                presenter,
                transfers,
                gate,
                validBlocks);
    }

    @Produces
    @Singleton
    Faucet faucet(Wallets wallets, Nodes nodes, Clock clock) {
        return new Faucet(
                wallets,
                nodes,
                config.enabled(),
                Amount.ofMon(config.maxAmount()),
                new Quota(config.recipientPerDay(), Duration.ofDays(1), clock),
                new Quota(config.clientPerHour(), Duration.ofHours(1), clock));
    }
}
