package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.Mnemonic;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.policy.Quota;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wallet of the development network's well-known funds, for everybody who asks. Safe for use by several threads. */
public final class Faucet {

    private final Wallets wallets;
    private final Nodes nodes;
    private final boolean enabled;
    private final Amount maximum;
    private final Quota recipients;
    private final Quota clients;
    private volatile @Nullable Wallet wallet;

    /**
     * Makes a faucet.
     *
     * @param maximum most that one request gets
     * @param recipients mon for each recipient
     * @param clients requests of each client
     */
    public Faucet(Wallets wallets, Nodes nodes, boolean enabled, Amount maximum, Quota recipients, Quota clients) {
        this.wallets = wallets;
        this.nodes = nodes;
        this.enabled = enabled;
        this.maximum = maximum;
        this.recipients = recipients;
        this.clients = clients;
    }

    /** Counts a request, or refuses it. */
    void take(String client, PublicKey recipient, Amount amount) {
        if (maximum.isLessThan(amount)) {
            throw new ApiProblem(
                    400,
                    "faucet-limit",
                    "one request gets at most " + maximum + " (rensa.wallet.faucet.max-amount), this asks for "
                            + amount);
        }
        if (!clients.take(client, 1)) {
            throw new ApiProblem(
                    429,
                    "faucet-client-limit",
                    "this client asked " + clients.limit()
                            + " times within the hour (rensa.wallet.faucet.client-per-hour): ask again later");
        }
        if (!recipients.take(recipient.toHex(), amount.mon())) {
            clients.giveBack(client, 1);
            throw new ApiProblem(
                    429,
                    "faucet-recipient-limit",
                    "this recipient would get more than " + recipients.limit()
                            + " mon within a day (rensa.wallet.faucet.recipient-per-day): ask for less, or later");
        }
    }

    /** The database holds something else now. */
    void forget() {
        wallet = null;
    }

    /** Takes back what was counted, as nothing was paid for it. */
    void giveBack(String client, PublicKey recipient, Amount amount) {
        clients.giveBack(client, 1);
        recipients.giveBack(recipient.toHex(), amount.mon());
    }

    /** The faucet's wallet; empty when it is switched off, or the network is not the development network. */
    public Optional<Wallet> wallet() {
        if (!enabled || !nodes.network().map(Network::development).orElse(false)) {
            return Optional.empty();
        }
        Wallet known = wallet;
        if (known == null) {
            try (Mnemonic mnemonic = Mnemonic.parse(DevelopmentGenesis.FAUCET_MNEMONIC)) {
                known = wallets.ensure(WalletId.FAUCET, "Faucet of the development network", mnemonic);
                wallet = known;
            }
        }
        return Optional.of(known);
    }
}
