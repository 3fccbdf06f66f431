package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.wallet.policy.Approval;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApprovalNameTest {

    @Test
    void shouldPayUnderANameThatNoClientCanTakeBefore() {
        String name = TransferService.name(approval(null));

        assertThat(name).contains("4711");
        assertThatThrownBy(() -> RequestReader.idempotencyKey(name)).isInstanceOf(ApiProblem.class);
    }

    @Test
    void shouldPayUnderTheNameThatWasAskedFor() {
        assertThat(TransferService.name(approval("order-1"))).isEqualTo("order-1");
    }

    private static Approval approval(@Nullable String key) {
        return new Approval(
                "4711",
                "00".repeat(32),
                "till",
                "{}",
                key,
                "00".repeat(32),
                Approval.WAITING,
                "key:a",
                1,
                null,
                null,
                null);
    }
}
