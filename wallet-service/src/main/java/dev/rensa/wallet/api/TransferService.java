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
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.transfer.Acceptance;
import dev.rensa.wallet.transfer.Answers;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.TransferDesk;
import dev.rensa.wallet.transfer.TransferRefusedException;
import dev.rensa.wallet.transfer.TransferRequest;
import dev.rensa.wallet.transfer.TransferStore;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The way of a request to the desk, for the resources that make transfers. */
public final class TransferService {

    private final Wallets wallets;
    private final Nodes nodes;
    private final AccountViews accounts;
    private final TransferDesk desk;
    private final Presenter presenter;
    private final TransferStore transfers;
    private final PolicyGate gate;

    public TransferService(
            Wallets wallets,
            Nodes nodes,
            AccountViews accounts,
            TransferDesk desk,
            Presenter presenter,
            TransferStore transfers,
            PolicyGate gate) {
        this.wallets = wallets;
        this.nodes = nodes;
        this.accounts = accounts;
        this.desk = desk;
        this.presenter = presenter;
        this.transfers = transfers;
        this.gate = gate;
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

    /** Puts a transfer aside that its wallet's policy wants approved; empty if it needs nobody's approval. */
    Optional<Approval> hold(Wallet wallet, Requests.NewTransfer request, @Nullable String key, String actor) {
        requireKeys(wallet);
        Order order = RequestReader.order(request, network());
        int index = RequestReader.index(request.account());
        account(wallet, index);
        String hash = hash(request, order, index);
        Optional<Approval> earlier = gate.earlier(wallet, hash, key);
        return earlier.isPresent() || isRepeated(wallet, key)
                ? earlier
                : gate.hold(wallet, request, order, hash, key, actor);
    }

    /** Whether a request of this name was accepted before: then it is answered, and not judged anew. */
    boolean isRepeated(Wallet wallet, @Nullable String idempotencyKey) {
        return idempotencyKey != null
                && transfers
                        .findByIdempotencyKey(network().hash(), wallet.id(), idempotencyKey)
                        .isPresent();
    }

    Acceptance transfer(Wallet wallet, Requests.NewTransfer request, @Nullable String idempotencyKey) {
        return transfer(wallet, request, idempotencyKey, false);
    }

    /**
     * Makes the transfer that an approval is about, under the name that was asked for, or else the approval's own: tried
     * again, by two at once, or beside the request that asked for it, it is still one transfer.
     */
    Acceptance approved(Wallet wallet, Approval approval) {
        return transfer(wallet, gate.read(approval), name(approval), true);
    }

    /** The space keeps clients from it: no Idempotency-Key of theirs may have one. */
    static String name(Approval approval) {
        return approval.idempotencyKey() == null ? "approval " + approval.id() : approval.idempotencyKey();
    }

    private Acceptance transfer(
            Wallet wallet, Requests.NewTransfer request, @Nullable String idempotencyKey, boolean approved) {
        Network network = network();
        Order order = RequestReader.order(request, network);
        int index = RequestReader.index(request.account());
        requireKeys(wallet);
        wallets.requireUnlocked();
        Account account = account(wallet, index);
        AccountView view = accounts.get(presenter.address(account.key()));
        Optional<String> counted =
                isRepeated(wallet, idempotencyKey) ? Optional.empty() : gate.pass(wallet, order, approved);
        try {
            Acceptance acceptance = Answers.await(desk.accept(
                    new TransferRequest(network.hash(), account, order, idempotencyKey, hash(request, order, index)),
                    view));
            if (acceptance.replayed()) {
                gate.release(counted);
            }
            return acceptance;
        } catch (TransferRefusedException | RejectedExecutionException e) {
            gate.release(counted);
            throw e;
        }
    }

    private static String hash(Requests.NewTransfer request, Order order, int index) {
        return RequestReader.hash(index, order.recipient(), order.amount(), request.fee(), order);
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
