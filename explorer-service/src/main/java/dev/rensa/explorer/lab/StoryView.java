package dev.rensa.explorer.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The story of a double spend as it stands.
 *
 * @param state {@code ready} for the next step, {@code running} one, {@code done}, {@code failed} or {@code ended} (by an order, or because nobody
 *     took the next step for ten minutes)
 * @param step that runs or comes next: {@code fund}, {@code split}, {@code pay}, {@code mine}, {@code heal}; absent at the end
 * @param done steps that are behind
 * @param honest names of the nodes on the merchant's side
 * @param attackers names of the nodes on the attacker's side
 * @param confirmations that the merchant waits for
 * @param attackerBlocks that the attacker mines meanwhile
 * @param share of all hashes that is the attackers', 0 to 1
 * @param shareBasis {@code measured} or {@code caps}
 * @param nakamoto probability of success by Nakamoto's formula, confirmations taken for its z
 * @param rosenfeld the same by Rosenfeld's
 * @param facts what became known so far
 * @param problem why it failed, why it ended by itself, or what it could not put in order; a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoryView(
        String state,
        @Nullable String step,
        List<String> done,
        List<String> honest,
        List<String> attackers,
        int confirmations,
        int attackerBlocks,
        double share,
        String shareBasis,
        double nakamoto,
        double rosenfeld,
        Facts facts,
        @Nullable String problem) {

    private static final List<String> STEPS = List.of("fund", "split", "pay", "mine", "heal");

    /**
     * One step.
     *
     * @param state {@code done}, {@code running}, {@code next}, {@code failed} or {@code later}
     */
    public record StepView(String name, String state) {}

    /** All steps in order. */
    public List<StepView> steps() {
        return STEPS.stream().map(name -> new StepView(name, stateOf(name))).toList();
    }

    private String stateOf(String name) {
        if (done.contains(name)) {
            return "done";
        }
        if (!name.equals(step)) {
            return "later";
        }
        return state.equals("ready") ? "next" : state;
    }

    /**
     * What became known so far; what is not known yet is absent.
     *
     * @param attackerAddress account whose coins are spent twice
     * @param merchantAddress who is paid on the honest side
     * @param secondAddress the attacker's other account, paid on the other side
     * @param amount mon
     * @param forkHeight height of the last block that both sides have
     * @param payment id of the transaction to the merchant
     * @param doubleSpend id of that to the attacker's other account
     * @param merchantSaw confirmations of the payment before the network was healed
     * @param stands {@code payment} or {@code double-spend}
     * @param tip hash of the block on which all agree in the end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Facts(
            @Nullable String attackerAddress,
            @Nullable String merchantAddress,
            @Nullable String secondAddress,
            @Nullable Long amount,
            @Nullable Long forkHeight,
            @Nullable String payment,
            @Nullable String doubleSpend,
            @Nullable Long merchantSaw,
            @Nullable String stands,
            @Nullable String tip) {

        static final Facts NONE = new Facts(null, null, null, null, null, null, null, null, null, null);

        Facts funded(StoryAccounts accounts, long paid, long height) {
            return new Facts(
                    accounts.attackerAddress(),
                    accounts.merchantAddress(),
                    accounts.secondAddress(),
                    paid,
                    height,
                    payment,
                    doubleSpend,
                    merchantSaw,
                    stands,
                    tip);
        }

        Facts paid(String paymentId, String doubleSpendId) {
            return new Facts(
                    attackerAddress,
                    merchantAddress,
                    secondAddress,
                    amount,
                    forkHeight,
                    paymentId,
                    doubleSpendId,
                    merchantSaw,
                    stands,
                    tip);
        }

        Facts seen(long confirmations) {
            return new Facts(
                    attackerAddress,
                    merchantAddress,
                    secondAddress,
                    amount,
                    forkHeight,
                    payment,
                    doubleSpend,
                    confirmations,
                    stands,
                    tip);
        }

        Facts ended(String standing, String commonTip) {
            return new Facts(
                    attackerAddress,
                    merchantAddress,
                    secondAddress,
                    amount,
                    forkHeight,
                    payment,
                    doubleSpend,
                    merchantSaw,
                    standing,
                    commonTip);
        }
    }
}
