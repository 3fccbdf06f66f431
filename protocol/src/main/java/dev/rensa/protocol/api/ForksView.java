package dev.rensa.protocol.api;

import java.util.List;

/**
 * Tips of all branches known.
 *
 * @param forks the canonical one first, then by work
 */
public record ForksView(List<ForkView> forks) {

    /**
     * The tip of a branch.
     *
     * @param work cumulative work, a decimal number
     * @param state {@code canonical}, {@code valid} (was connected once), {@code headers-only} (bodies not judged yet) or {@code invalid}
     * @param forkHeight height of the last block it shares with the canonical chain
     * @param length blocks behind that one
     */
    public record ForkView(String tip, long height, String work, String state, long forkHeight, long length) {}
}
