package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the wallet answers. Amounts are integers of mon, {@code coins} the same as decimal text, times milliseconds since 1970. */
final class Views {

    private Views() {}

    /**
     * A wallet.
     *
     * @param watchOnly whether it shows balances and cannot pay
     * @param address of its first account
     * @param mnemonic shown once, when the wallet was made with a fresh one
     * @param balance sum over its accounts at the tip, when one wallet was asked for and a node answers
     * @param pendingBalance the same once everything that is pending has been mined
     * @param balanceProblem why there is no balance
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WalletView(
            String id,
            String label,
            long createdAtMillis,
            boolean watchOnly,
            String address,
            @Nullable String mnemonic,
            @Nullable Long balance,
            @Nullable String coins,
            @Nullable Long pendingBalance,
            @Nullable String balanceProblem,
            List<AccountView> accounts) {
        @Override
        public String toString() {
            return "WalletView[" + id + "]";
        }
    }

    /**
     * An account of a wallet.
     *
     * @param label for people
     * @param path BIP-32 path below the mnemonic, where there is one
     * @param publicKey x-only key in hexadecimal
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountView(
            int index,
            @Nullable String label,
            String address,
            String publicKey,
            @Nullable String path,
            long createdAtMillis,
            @Nullable Long balance,
            @Nullable String coins,
            @Nullable Long pendingBalance,
            @Nullable Long nextNonce) {}

    /** A page of wallets. */
    record WalletPage(List<WalletView> wallets) {}

    /**
     * A transfer.
     *
     * @param kind {@code payment}, or {@code mend} for one that the wallet made to fill a missing nonce
     * @param state {@code requested}, {@code reserved}, {@code signed}, {@code submitted}, {@code mined}, {@code final},
     *     {@code failed}, {@code replaced} or {@code expired}
     * @param offeredFee what its present transaction pays, from {@code signed} on; above {@code fee} when it was raised
     * @param cancelling whether a payment to its own account competes for its nonce
     * @param transactionId from {@code signed} on
     * @param confirmations blocks from the one that holds it to the tip, itself included; when mined or final
     * @param reasonCode why it ended or waits
     * @param history the audit log, when one transfer was asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TransferView(
            String id,
            String walletId,
            int account,
            String network,
            String sender,
            String recipient,
            long amount,
            String coins,
            long fee,
            @Nullable Long offeredFee,
            boolean cancelling,
            String memo,
            long validUntil,
            String kind,
            String state,
            @Nullable String idempotencyKey,
            @Nullable Long nonce,
            @Nullable String transactionId,
            @Nullable Long height,
            @Nullable String block,
            @Nullable Long confirmations,
            @Nullable String reasonCode,
            @Nullable String reason,
            long createdAtMillis,
            long updatedAtMillis,
            @Nullable List<EventView> history) {}

    /**
     * A payout.
     *
     * @param lines how many transfers it is made of
     * @param total mon of all amounts and fees together
     * @param states how many of its transfers are in which state
     */
    record PayoutView(
            String id,
            String walletId,
            String network,
            String idempotencyKey,
            long createdAtMillis,
            int lines,
            long total,
            Map<String, Integer> states) {}

    /**
     * A page of payouts, newest first.
     *
     * @param next give it as {@code before} to get the page behind this one; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PayoutList(List<PayoutView> payouts, @Nullable String next) {}

    /**
     * A page of a payout's report, in the order of its lines.
     *
     * @param from number of the first line here, counted from 0
     * @param next give it as {@code from} to get the page behind this one; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PayoutPage(
            PayoutView payout,
            int from,
            List<TransferView> transfers,
            @Nullable Integer next) {}

    /** A line of a transfer's audit log. */
    record EventView(int version, long atMillis, String state, String actor, String cause) {}

    /**
     * A page of transfers, newest first.
     *
     * @param next give it as {@code before} to get the page behind this one; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TransferPage(
            List<TransferView> transfers, @Nullable String next) {}

    /**
     * The wallet at a glance.
     *
     * @param ready whether a transfer could be accepted now
     * @param openTransfers transfers that are not final yet
     * @param followedHeight height up to which the wallet has read the chain, absent before its first look
     * @param access {@code loopback} as long as there is no API key and this machine alone is served, else {@code keys}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusView(
            boolean ready,
            @Nullable NetworkView network,
            List<NodeView> nodes,
            int openTransfers,
            @Nullable Long followedHeight,
            int confirmations,
            @Nullable String faucetAddress,
            String access,
            long timeMillis) {}

    /** The network that the nodes are of. */
    record NetworkView(
            String name, String hash, String addressPrefix, String coinSymbol, boolean development, long minimumFee) {}

    /**
     * A node as the wallet sees it.
     *
     * @param usable whether requests go to it
     * @param state {@code in-use}, {@code lagging}, {@code other-branch}, {@code other-network}, {@code same-node} or
     *     {@code unreachable}
     * @param reason why no request goes to it
     * @param work cumulative work of its chain, a decimal number: what nodes are compared by
     * @param seenAtMillis when it answered last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NodeView(
            String url,
            boolean usable,
            String state,
            @Nullable String reason,
            @Nullable String name,
            @Nullable Long height,
            @Nullable String tip,
            @Nullable String work,
            @Nullable Long seenAtMillis) {}
}
