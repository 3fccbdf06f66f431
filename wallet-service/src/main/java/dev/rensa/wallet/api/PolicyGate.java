package dev.rensa.wallet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.policy.PolicyStore;
import dev.rensa.wallet.transfer.Order;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds transfers against their wallet's policy before anything is promised. Safe for use by several threads. */
public final class PolicyGate {

    private static final Duration DAY = Duration.ofDays(1);

    private final PolicyStore policies;
    private final ApprovalStore approvals;
    private final ObjectMapper json;
    private final Clock clock;

    public PolicyGate(PolicyStore policies, ApprovalStore approvals, ObjectMapper json, Clock clock) {
        this.policies = policies;
        this.approvals = approvals;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Refuses what the policy forbids, and counts the rest against the limit of the day.
     *
     * @param approved whether somebody else approved it, if the policy wants that
     * @return what to give to {@link #release} if nothing is promised after all
     */
    Optional<String> pass(Wallet wallet, Order order, boolean approved) {
        Policy policy = policies.find(wallet.id().value());
        requireAllowed(policy, order);
        if (!approved && policy.wantsApproval(order.cost().mon())) {
            throw new ApiProblem(
                    422,
                    "approval-needed",
                    "this wallet's policy wants another person's approval for so much: ask for it as a single transfer"
                            + " with POST /wallets/" + wallet.id() + "/transfers");
        }
        Long maxDay = policy.maxDay();
        if (maxDay == null) {
            return Optional.empty();
        }
        long now = clock.millis();
        Optional<String> reservation =
                policies.reserve(wallet.id().value(), order.cost().mon(), maxDay, now, now - DAY.toMillis());
        if (reservation.isEmpty()) {
            throw new ApiProblem(
                    422,
                    "day-limit",
                    "amount and fee of " + order.cost() + " are more than what is left of this wallet's limit of "
                            + maxDay + " mon within 24 hours: wait, or let an administrator change its policy");
        }
        return reservation;
    }

    /** Takes back what {@link #pass} counted. */
    void release(Optional<String> reservation) {
        reservation.ifPresent(policies::release);
    }

    /** What an earlier request of this name was put aside as, if it was. */
    Optional<Approval> earlier(Wallet wallet, String hash, @Nullable String key) {
        Optional<Approval> earlier = key == null
                ? Optional.empty()
                : approvals.findByIdempotencyKey(wallet.id().value(), key);
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
            Wallet wallet, Requests.NewTransfer request, Order order, String hash, @Nullable String key, String actor) {
        Policy policy = policies.find(wallet.id().value());
        if (!policy.wantsApproval(order.cost().mon())) {
            return Optional.empty();
        }
        requireAllowed(policy, order);
        Approval approval = new Approval(
                UUID.randomUUID().toString(),
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
        if (approvals.add(approval)) {
            return Optional.of(approval);
        }
        Optional<Approval> meanwhile = earlier(wallet, hash, key);
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
