package dev.rensa.wallet.transfer;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the desk, never for ever. */
public final class Answers {

    /** Longer than any commit takes whose database answers at all. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private Answers() {}

    /**
     * The desk's answer.
     *
     * @throws DeskSilentException if none comes within {@link #LONGEST_WAIT}; whether the work was done is not known then
     */
    public static <T> T await(CompletionStage<T> answer) {
        return await(answer, LONGEST_WAIT);
    }

    static <T> T await(CompletionStage<T> answer, Duration longest) {
        try {
            return answer.toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DeskSilentException("the wallet did not answer within " + longest.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeskSilentException("the wait for the wallet was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the wallet failed at this request", e.getCause());
        }
    }
}
