package dev.rensa.wallet.api;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.NodeHealth;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedState;
import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.ReceivedNotice;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferEvent;
import dev.rensa.wallet.transfer.TransferNotice;
import dev.rensa.wallet.transfer.TransferState;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Turns what the wallet knows into what it answers. */
public final class Presenter {

    private final Nodes nodes;
    private final String fallbackPrefix;
    private final LongSupplier followedHeight;

    /**
     * Makes a presenter.
     *
     * @param followedHeight height up to which transfers' states tell the chain
     * @param fallbackPrefix prefix of addresses until a node has told the network's
     */
    public Presenter(Nodes nodes, String fallbackPrefix, LongSupplier followedHeight) {
        this.nodes = nodes;
        this.fallbackPrefix = fallbackPrefix;
        this.followedHeight = followedHeight;
    }

    /** Height up to which the wallet has read the chain; null before its first look. */
    @Nullable
    Long followedHeight() {
        long height = followedHeight.getAsLong();
        return height < 0 ? null : height;
    }

    String address(PublicKey key) {
        return new Address(prefix(), key).toString();
    }

    /** Prefix of the network's addresses. */
    public String prefix() {
        return nodes.network().map(Network::addressPrefix).orElse(fallbackPrefix);
    }

    Views.WalletView wallet(Wallet wallet, @Nullable String mnemonic) {
        return new Views.WalletView(
                wallet.id().value(),
                wallet.label(),
                wallet.createdAtMillis(),
                wallet.watchOnly(),
                address(wallet.accounts().getFirst().key()),
                mnemonic,
                null,
                null,
                null,
                null,
                wallet.accounts().stream()
                        .map(account -> account(account, wallet.watchOnly(), null))
                        .toList());
    }

    /** A wallet with what a node says of each of its accounts, in their order. */
    Views.WalletView wallet(Wallet wallet, List<dev.rensa.protocol.api.AccountView> seen) {
        List<Views.AccountView> accounts = new java.util.ArrayList<>();
        long balance = 0;
        long pending = 0;
        for (int i = 0; i < seen.size(); i++) {
            accounts.add(account(wallet.accounts().get(i), wallet.watchOnly(), seen.get(i)));
            balance = Math.addExact(balance, seen.get(i).balance());
            pending = Math.addExact(pending, seen.get(i).pendingBalance());
        }
        return new Views.WalletView(
                wallet.id().value(),
                wallet.label(),
                wallet.createdAtMillis(),
                wallet.watchOnly(),
                address(wallet.accounts().getFirst().key()),
                null,
                balance,
                Amount.ofMon(balance).toCoins(),
                pending,
                null,
                accounts);
    }

    Views.WalletView walletWithoutBalance(Wallet wallet, String problem) {
        Views.WalletView view = wallet(wallet, (String) null);
        return new Views.WalletView(
                view.id(),
                view.label(),
                view.createdAtMillis(),
                view.watchOnly(),
                view.address(),
                null,
                null,
                null,
                null,
                problem,
                view.accounts());
    }

    Views.AccountView account(Account account, boolean watchOnly, dev.rensa.protocol.api.@Nullable AccountView seen) {
        return new Views.AccountView(
                account.index(),
                account.label(),
                address(account.key()),
                account.key().toHex(),
                watchOnly ? null : account.path(),
                account.createdAtMillis(),
                seen == null ? null : seen.balance(),
                seen == null ? null : Amount.ofMon(seen.balance()).toCoins(),
                seen == null ? null : seen.pendingBalance(),
                seen == null ? null : seen.nextNonce());
    }

    /** As it stands now. */
    Views.TransferView transfer(Transfer transfer, @Nullable List<TransferEvent> history) {
        return view(
                transfer,
                transfer.state(),
                history == null ? null : history.stream().map(Presenter::event).toList());
    }

    /** As it stood when it was accepted: what the same request is answered for ever. */
    Views.TransferView accepted(Transfer transfer) {
        return view(transfer.asRequested(), TransferState.REQUESTED, null);
    }

    ReceivedViews.ReceivedView received(ReceivedPayment payment) {
        PublicKey sender = payment.sender();
        boolean isReward = payment.kind() == ReceivedPayment.Kind.REWARD;
        return new ReceivedViews.ReceivedView(
                payment.id().toHex(),
                payment.kind().code(),
                payment.wallet().value(),
                payment.account(),
                payment.network().toHex(),
                address(payment.recipient()),
                sender == null ? null : address(sender),
                payment.amount().mon(),
                payment.amount().toCoins(),
                payment.memo(),
                payment.state().code(),
                payment.height(),
                payment.block().toHex(),
                isReward ? null : payment.position(),
                payment.state() == ReceivedState.ORPHANED ? null : confirmations(payment.network(), payment.height()),
                payment.blockAtMillis());
    }

    EventViews.Told step(Notice notice) {
        return switch (notice) {
            case TransferNotice transfer -> step(transfer);
            case ReceivedNotice received -> step(received);
        };
    }

    private EventViews.ReceivedStepView step(ReceivedNotice notice) {
        ReceivedPayment payment = notice.payment();
        PublicKey sender = payment.sender();
        return new EventViews.ReceivedStepView(
                notice.sequence(),
                notice.type().code(),
                payment.id().toHex(),
                payment.kind().code(),
                payment.wallet().value(),
                payment.account(),
                payment.network().toHex(),
                sender == null ? null : address(sender),
                address(payment.recipient()),
                payment.amount().mon(),
                payment.amount().toCoins(),
                payment.memo(),
                payment.version(),
                payment.state().code(),
                notice.atMillis(),
                payment.height(),
                payment.block().toHex(),
                payment.blockAtMillis());
    }

    private EventViews.StepView step(TransferNotice notice) {
        TransferEvent event = notice.event();
        return new EventViews.StepView(
                notice.sequence(),
                notice.type().code(),
                event.transfer().value(),
                notice.wallet().value(),
                notice.account(),
                notice.network().toHex(),
                address(notice.sender()),
                address(notice.order().recipient()),
                notice.order().amount().mon(),
                notice.order().amount().toCoins(),
                notice.order().fee().mon(),
                notice.order().memo(),
                notice.kind(),
                notice.idempotencyKey(),
                event.version(),
                event.state().code(),
                event.atMillis(),
                event.actor(),
                event.cause());
    }

    Views.NodeView node(NodeHealth health) {
        StatusView status = health.status();
        return new Views.NodeView(
                health.url(),
                health.usable(),
                health.state().code(),
                health.reason(),
                status == null ? null : status.name(),
                status == null ? null : status.height(),
                status == null ? null : status.tip(),
                status == null ? null : status.work(),
                status == null ? null : health.seenAtMillis());
    }

    Views.NetworkView network(Network network) {
        return new Views.NetworkView(
                network.name(),
                network.hash().toHex(),
                network.addressPrefix(),
                network.coinSymbol(),
                network.development(),
                network.minimumFee().mon());
    }

    private Views.TransferView view(Transfer transfer, TransferState state, @Nullable List<Views.EventView> history) {
        return new Views.TransferView(
                transfer.id().value(),
                transfer.wallet().value(),
                transfer.account(),
                transfer.network().toHex(),
                address(transfer.sender()),
                address(transfer.order().recipient()),
                transfer.order().amount().mon(),
                transfer.order().amount().toCoins(),
                transfer.order().fee().mon(),
                transfer.transaction() == null
                        ? null
                        : transfer.transaction().fee().mon(),
                transfer.isBeingCancelled(),
                transfer.order().memo(),
                transfer.order().validUntil(),
                transfer.kind(),
                state.code(),
                transfer.idempotencyKey(),
                transfer.nonce(),
                transfer.transaction() == null
                        ? null
                        : transfer.transaction().id().toHex(),
                transfer.height(),
                transfer.block() == null ? null : transfer.block().toHex(),
                confirmations(transfer.network(), transfer.height()),
                transfer.reasonCode(),
                transfer.reason(),
                transfer.createdAtMillis(),
                transfer.updatedAtMillis(),
                history);
    }

    private @Nullable Long confirmations(BlockHash network, @Nullable Long height) {
        boolean isPresent =
                nodes.network().map(present -> present.hash().equals(network)).orElse(false);
        return height == null || !isPresent ? null : Math.max(1, followedHeight.getAsLong() - height + 1);
    }

    private static Views.EventView event(TransferEvent event) {
        return new Views.EventView(
                event.version(), event.atMillis(), event.state().code(), event.actor(), event.cause());
    }
}
