package dev.rensa.wallet.api;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.NodeUnavailableException;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.transfer.Acceptance;
import dev.rensa.wallet.transfer.Answers;
import dev.rensa.wallet.transfer.TransferDesk;
import dev.rensa.wallet.transfer.TransferRequest;
import org.jspecify.annotations.Nullable;

/** The way of a request to the desk, for the resources that make transfers. */
public final class TransferService {

    private final Wallets wallets;
    private final Nodes nodes;
    private final AccountViews accounts;
    private final TransferDesk desk;
    private final Presenter presenter;

    public TransferService(
            Wallets wallets, Nodes nodes, AccountViews accounts, TransferDesk desk, Presenter presenter) {
        this.wallets = wallets;
        this.nodes = nodes;
        this.accounts = accounts;
        this.desk = desk;
        this.presenter = presenter;
    }

    /** The network, without which nothing can be promised. */
    Network network() {
        return nodes.network()
                .orElseThrow(
                        () -> new NodeUnavailableException("no node has told the network yet: " + nodes.reasons()));
    }

    Wallet wallet(String id) {
        return wallets.find(new WalletId(id))
                .orElseThrow(() -> new ApiProblem(
                        404, "unknown-wallet", "there is no wallet of this id: GET /wallets lists those there are"));
    }

    Acceptance transfer(Wallet wallet, Requests.NewTransfer request, @Nullable String idempotencyKey) {
        Network network = network();
        var order = RequestReader.order(request, network);
        int index = RequestReader.index(request.account());
        requireKeys(wallet);
        wallets.requireUnlocked();
        Account account = account(wallet, index);
        AccountView view = accounts.get(presenter.address(account.key()));
        return Answers.await(desk.accept(
                new TransferRequest(
                        network.hash(),
                        account,
                        order,
                        idempotencyKey,
                        RequestReader.hash(index, order.recipient(), order.amount(), request.fee(), order)),
                view));
    }

    /** An account of a wallet by its index. */
    static Account account(Wallet wallet, int index) {
        return wallet.account(index)
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "unknown-account",
                        "wallet " + wallet.id() + " has " + wallet.accounts().size() + " accounts, counted from 0; "
                                + index + " is none of them"));
    }

    /** Refuses what a wallet without keys cannot do. */
    static void requireKeys(Wallet wallet) {
        if (wallet.watchOnly()) {
            throw new ApiProblem(409, "watch-only", "wallet " + wallet.id() + " only watches: it has no keys");
        }
    }
}
