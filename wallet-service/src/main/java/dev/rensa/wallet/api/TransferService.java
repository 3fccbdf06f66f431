package dev.rensa.wallet.api;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.node.Fees;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.NodeUnavailableException;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.transfer.Acceptance;
import dev.rensa.wallet.transfer.Answers;
import dev.rensa.wallet.transfer.Changes;
import dev.rensa.wallet.transfer.LostLeaseException;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.PayoutRequest;
import dev.rensa.wallet.transfer.Payouts;
import dev.rensa.wallet.transfer.RequestTakenException;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferDesk;
import dev.rensa.wallet.transfer.TransferRefusedException;
import dev.rensa.wallet.transfer.TransferRequest;
import dev.rensa.wallet.transfer.TransferStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of a request to the desk, for the resources that make transfers. */
public final class TransferService {

    private static final String DEFAULT_URGENCY = "soon";

    private final Wallets wallets;
    private final Nodes nodes;
    private final AccountViews accounts;
    private final TransferDesk desk;
    private final Fees fees;
    private final Changes changes;
    private final Payouts payouts;
    private final Presenter presenter;
    private final TransferStore transfers;
    private final PolicyGate gate;
    private final int validBlocks;

    /**
     * Makes the service.
     *
     * @param validBlocks blocks from now during which a transfer may be mined that does not tell until when
     */
    public TransferService(
            Wallets wallets,
            Nodes nodes,
            AccountViews accounts,
            Fees fees,
            TransferDesk desk,
            Changes changes,
            Payouts payouts,
            Presenter presenter,
            TransferStore transfers,
            PolicyGate gate,
            int validBlocks) {
        this.fees = fees;
        this.changes = changes;
        this.payouts = payouts;
        this.validBlocks = validBlocks;
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
        return wallets.find(new WalletId(id)).orElseThrow(TransferService::unknownWallet);
    }

    /** The wallet that is to pay a transfer. */
    Wallet payer(String id, Requests.NewTransfer request) {
        return wallets.payer(new WalletId(id), RequestReader.index(request.account()))
                .orElseThrow(TransferService::unknownWallet);
    }

    static ApiProblem unknownWallet() {
        return new ApiProblem(
                404, "unknown-wallet", "there is no wallet of this id: GET /wallets lists those there are");
    }

    /**
     * A transfer as it is asked for, with what this moment adds to it: fee, last height, and the wallet's policy, if one
     * was ever set.
     *
     * @param hash tells a repeated request from another one
     */
    record Asked(
            Wallet wallet,
            Account account,
            AccountView view,
            Requests.NewTransfer request,
            Order order,
            Optional<Policy> policy,
            BlockHash network,
            String hash,
            @Nullable String idempotencyKey,
            String actor) {

        /** What the policy counts it under. */
        String name() {
            return idempotencyKey == null
                    ? UUID.randomUUID().toString()
                    : PolicyGate.name(network.toHex(), wallet.id().value(), idempotencyKey, hash);
        }
    }

    /** Reads a request. */
    Asked read(Wallet wallet, Requests.NewTransfer request, @Nullable String idempotencyKey, String actor) {
        requireKeys(wallet);
        Network network = network();
        int index = RequestReader.index(request.account());
        Account account = account(wallet, index);
        AccountView view = accounts.get(presenter.address(account.key()));
        Order order = RequestReader.order(request, network, this::fee, () -> view.height() + validBlocks);
        String hash = RequestReader.hash(index, request, order);
        return new Asked(
                wallet,
                account,
                view,
                request,
                order,
                gate.policy(wallet),
                network.hash(),
                hash,
                idempotencyKey,
                actor);
    }

    /** Puts a transfer aside that its wallet's policy wants approved; empty if it needs nobody's approval. */
    Optional<Approval> hold(Asked asked) {
        Wallet wallet = asked.wallet();
        if (asked.policy().isEmpty()) {
            return Optional.empty();
        }
        Optional<Approval> earlier = gate.earlier(asked.network(), wallet, asked.hash(), asked.idempotencyKey());
        return earlier.isPresent() || isRepeated(wallet, asked.idempotencyKey())
                ? earlier
                : gate.hold(
                        asked.network(),
                        wallet,
                        asked.policy().get(),
                        asked.request(),
                        asked.order(),
                        asked.hash(),
                        asked.idempotencyKey(),
                        asked.actor());
    }

    /** Whether a request of this name was accepted before: then it is answered, and not judged anew. */
    boolean isRepeated(Wallet wallet, @Nullable String idempotencyKey) {
        return idempotencyKey != null
                && !transfers
                        .findByIdempotencyKeys(network().hash(), wallet.id(), List.of(idempotencyKey))
                        .isEmpty();
    }

    Acceptance transfer(Asked asked) {
        return transfer(asked, null);
    }

    /**
     * Makes the transfer that an approval is about, under the name that was asked for, or else the approval's own: tried
     * again, by two at once, or beside the request that asked for it, it is still one transfer.
     */
    Acceptance approved(Wallet wallet, Approval approval) {
        return transfer(read(wallet, gate.read(approval), name(approval), approval.requestedBy()), approval.id());
    }

    /** The space keeps clients from it: no Idempotency-Key of theirs may have one. */
    static String name(Approval approval) {
        return approval.idempotencyKey() == null ? "approval " + approval.id() : approval.idempotencyKey();
    }

    private Acceptance transfer(Asked asked, @Nullable String approval) {
        wallets.requireUnlocked();
        Wallet wallet = asked.wallet();
        Optional<String> counted = asked.policy().isEmpty() || isRepeated(wallet, asked.idempotencyKey())
                ? Optional.empty()
                : gate.pass(wallet, asked.policy().get(), asked.order(), approval != null, asked.name());
        Acceptance acceptance = promised(
                counted,
                () -> Answers.await(desk.accept(
                        new TransferRequest(
                                asked.network(),
                                asked.account(),
                                asked.order(),
                                asked.idempotencyKey(),
                                asked.hash(),
                                asked.actor(),
                                approval),
                        asked.view())));
        if (acceptance.replayed()) {
            gate.release(counted);
        }
        return acceptance;
    }

    /** Takes back what was counted if it is certain that nothing was promised. */
    private <T> T promised(Optional<String> counted, Supplier<T> work) {
        try {
            return work.get();
        } catch (TransferRefusedException | RejectedExecutionException | LostLeaseException | RequestTakenException e) {
            gate.release(counted);
            throw e;
        }
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

    Payouts.Accepted payout(
            Wallet wallet, int index, List<Requests.NewTransfer> lines, String idempotencyKey, String actor) {
        requireKeys(wallet);
        Network network = network();
        Account account = account(wallet, index);
        AccountView view = accounts.get(presenter.address(account.key()));
        List<Order> orders = PayoutReader.orders(
                lines, line -> RequestReader.order(line, network, this::fee, () -> view.height() + validBlocks));
        List<String> hashes = new ArrayList<>(orders.size());
        for (int line = 0; line < orders.size(); line++) {
            hashes.add(RequestReader.hash(index, lines.get(line), orders.get(line)));
        }
        wallets.requireUnlocked();
        boolean repeated = payouts.isRepeated(network.hash(), wallet.id(), idempotencyKey);
        String hash = PayoutReader.hash(hashes);
        String name =
                PolicyGate.name("payout", network.hash().toHex(), wallet.id().value(), idempotencyKey, hash);
        Optional<String> counted = repeated ? Optional.empty() : gate.passAll(wallet, orders, name);
        Payouts.Accepted accepted = promised(
                counted,
                () -> Answers.await(payouts.accept(
                        new PayoutRequest(network.hash(), account, orders, idempotencyKey, hash, actor), view)));
        if (accepted.replayed()) {
            gate.release(counted);
        }
        return accepted;
    }

    Transfer raiseFee(Wallet wallet, Transfer transfer, Requests.NewFee request, String actor) {
        requirePresent("this transfer", transfer.network());
        wallets.requireUnlocked();
        Amount fee = RequestReader.fee(request);
        AccountView view = accounts.get(presenter.address(transfer.sender()));
        Optional<String> counted = gate.passRaise(wallet, transfer, fee);
        return promised(counted, () -> Answers.await(changes.raiseFee(transfer, fee, view, actor)));
    }

    /** Needs no policy's leave: it ends a payment, and costs a fee that is a tenth higher. */
    Transfer cancel(Transfer transfer, String actor) {
        requirePresent("this transfer", transfer.network());
        wallets.requireUnlocked();
        return Answers.await(changes.cancel(transfer, actor));
    }

    /** Refuses what belongs to a network that the nodes are not of. */
    void requirePresent(String what, BlockHash network) {
        BlockHash present = network().hash();
        if (!network.equals(present)) {
            throw new ApiProblem(
                    409, "other-network", what + " is of network " + network + ", the nodes are of " + present);
        }
    }

    /** Who asks for an urgency must get it; who asks for nothing pays the minimum while no node can advise. */
    private Amount fee(@Nullable String urgency, int bytes) {
        try {
            return fees.estimate(urgency == null ? DEFAULT_URGENCY : urgency, bytes)
                    .orElseThrow(() -> ApiProblem.malformed(
                            "the field `urgency` is one of next, soon and relaxed: mined within 1, 5 or 20 blocks"));
        } catch (NodeUnavailableException e) {
            if (urgency != null) {
                throw e;
            }
            return network().minimumFee();
        }
    }
}
