package dev.rensa.wallet.api;

import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.Mnemonic;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Nodes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wallet of the development network's well-known funds, for everybody who asks. Safe for use by several threads. */
public final class Faucet {

    private final Wallets wallets;
    private final Nodes nodes;
    private final boolean enabled;
    private final Amount maximum;
    private volatile @Nullable Wallet wallet;

    /**
     * Makes a faucet.
     *
     * @param maximum most that one request gets
     */
    public Faucet(Wallets wallets, Nodes nodes, boolean enabled, Amount maximum) {
        this.wallets = wallets;
        this.nodes = nodes;
        this.enabled = enabled;
        this.maximum = maximum;
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

    Amount maximum() {
        return maximum;
    }
}
