package dev.rensa.wallet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.policy.PolicyStore;
import dev.rensa.wallet.policy.SharedPolicies;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.Transfer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds transfers against their wallet's policy before anything is promised. Safe for use by several threads. */
public final class PolicyGate {

    private static final Duration DAY = Duration.ofDays(1);

    private final PolicyStore policies;
    private final SharedPolicies shared;
    private final ApprovalStore approvals;
    private final ObjectMapper json;
    private final Clock clock;

    public PolicyGate(PolicyStore policies, ApprovalStore approvals, ObjectMapper json, Clock clock) {
        this.policies = policies;
        this.shared = new SharedPolicies(policies);
        this.approvals = approvals;
        this.json = json;
        this.clock = clock;
    }

    /** The policy that holds now; empty where none was ever set: then no approval waits either. */
    Optional<Policy> policy(Wallet wallet) {
        return shared.find(wallet.id().value());
    }

    /**
     * Refuses what the policy forbids, and counts the rest against the limit of the day.
     *
     * @param approved whether somebody else approved it, if the policy wants that
     * @param name what is asked for: asked again it counts once
     * @return what to give to {@link #release} if nothing is promised after all
     */
    Optional<String> pass(Wallet wallet, Policy policy, Order order, boolean approved, String name) {
        requireAllowed(policy, order);
        if (!approved) {
            requireNoApproval(wallet, policy, order);
        }
        return count(wallet, policy, order.cost().mon(), name);
    }

    /** The same for many transfers, all or none: each is judged alone, and their sum counted against the day. */
    Optional<String> passAll(Wallet wallet, List<Order> orders, String name) {
        Policy policy = policy(wallet).orElse(Policy.NONE);
        long sum = 0;
        for (Order order : orders) {
            requireAllowed(policy, order);
            requireNoApproval(wallet, policy, order);
            long cost = order.cost().mon();
            sum = sum > Long.MAX_VALUE - cost ? Long.MAX_VALUE : sum + cost;
        }
        return count(wallet, policy, sum, name);
    }

    /** The same for a higher fee of a transfer that passed before: what it costs more is counted. */
    Optional<String> passRaise(Wallet wallet, Transfer transfer, Amount fee) {
        Order former = transfer.order();
        if (former.amount().mon() > Long.MAX_VALUE - fee.mon()) {
            throw new ApiProblem(
                    400, RejectionReason.AMOUNT_OUT_OF_RANGE.code(), "amount and fee together are beyond 2^63 - 1 mon");
        }
        Policy policy = policy(wallet).orElse(Policy.NONE);
        Order raised = new Order(former.recipient(), former.amount(), fee, former.validUntil(), former.memo());
        requireAllowed(policy, raised);
        requireNoApproval(wallet, policy, raised);
        return count(
                wallet,
                policy,
                Math.max(0, fee.mon() - transfer.highestFee()),
                name("raise", transfer.id().value(), fee.toString()));
    }

    /** Names what is asked for: the same parts give the same name. */
    static String name(String... parts) {
        return HexFormat.of().formatHex(Sha256.hash(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> count(Wallet wallet, Policy policy, long cost, String name) {
        Long maxDay = policy.maxDay();
        if (maxDay == null) {
            return Optional.empty();
        }
        long now = clock.millis();
        return switch (policies.count(name, wallet.id().value(), cost, maxDay, now, now - DAY.toMillis())) {
            case YES -> Optional.of(name);
            case SMALLER_BEFORE ->
                throw new ApiProblem(
                        503,
                        "busy",
                        "the same was asked for before at a lower fee and is not answered yet: repeat it in a moment");
            case BEYOND_THE_LIMIT ->
                throw new ApiProblem(
                        422,
                        "day-limit",
                        "amount and fee of " + cost + " mon are more than what is left of this wallet's limit of "
                                + maxDay + " mon within 24 hours: wait, or let an administrator change its policy");
        };
    }

    private static void requireNoApproval(Wallet wallet, Policy policy, Order order) {
        if (policy.wantsApproval(order.cost().mon())) {
            throw new ApiProblem(
                    422,
                    "approval-needed",
                    "this wallet's policy wants another person's approval for so much: ask for it as a single transfer"
                            + " with POST /wallets/" + wallet.id() + "/transfers");
        }
    }

    /** Takes back what {@link #pass} counted. */
    void release(Optional<String> reservation) {
        reservation.ifPresent(policies::release);
    }

    /** What an earlier request of this name was put aside as, if it was. */
    Optional<Approval> earlier(BlockHash network, Wallet wallet, String hash, @Nullable String key) {
        Optional<Approval> earlier = key == null
                ? Optional.empty()
                : approvals.findByIdempotencyKey(network.toHex(), wallet.id().value(), key);
        if (earlier.isPresent() && !earlier.get().requestHash().equals(hash)) {
            throw new ApiProblem(
                    422,
                    "idempotency-key-reused",
                    "this Idempotency-Key was used for another request, which made approval "
                            + earlier.get().id() + ": use a fresh key for a new transfer");
        }
        return earlier;
    }

    /**
     * Puts a transfer aside that a second person must approve.
     *
     * @return how it stands; empty if it needs nobody's approval
     */
    Optional<Approval> hold(
            BlockHash network,
            Wallet wallet,
            Policy policy,
            Requests.NewTransfer request,
            Order order,
            String hash,
            @Nullable String key,
            String actor) {
        if (!policy.wantsApproval(order.cost().mon())) {
            return Optional.empty();
        }
        requireAllowed(policy, order);
        Approval approval = new Approval(
                UUID.randomUUID().toString(),
                network.toHex(),
                wallet.id().value(),
                write(request),
                key,
                hash,
                Approval.WAITING,
                actor,
                clock.millis(),
                null,
                null,
                null);
        if (approvals.add(approval, clock.millis() - Approval.MAX_AGE.toMillis())) {
            return Optional.of(approval);
        }
        Optional<Approval> meanwhile = earlier(network, wallet, hash, key);
        if (meanwhile.isEmpty()) {
            throw new ApiProblem(
                    503,
                    "too-many-approvals",
                    Approval.MAX_WAITING + " transfers of this wallet wait for approval, its limit: decide some first");
        }
        return meanwhile;
    }

    /** What was asked for. */
    Requests.NewTransfer read(Approval approval) {
        try {
            return json.readValue(approval.request(), Requests.NewTransfer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the request of approval " + approval.id() + " cannot be read", e);
        }
    }

    private String write(Requests.NewTransfer request) {
        try {
            return json.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that was read can be written", e);
        }
    }

    private static void requireAllowed(Policy policy, Order order) {
        if (!policy.recipients().isEmpty() && !policy.recipients().contains(order.recipient())) {
            throw new ApiProblem(
                    422,
                    "recipient-not-allowed",
                    "this wallet pays only the recipients of its policy, and this is none of them");
        }
        Long most = policy.maxTransfer();
        if (most != null && order.cost().mon() > most) {
            throw new ApiProblem(
                    422,
                    "transfer-limit",
                    "amount and fee of " + order.cost() + " are more than this wallet's limit of " + most
                            + " mon for one transfer");
        }
    }
}
