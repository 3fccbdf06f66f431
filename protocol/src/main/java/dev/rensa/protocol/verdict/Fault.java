package dev.rensa.protocol.verdict;

/** Whose matter a rejection is, which decides what happens next. */
public enum Fault {
    /** What was sent breaks a rule: never retry it, score the peer that sent it. */
    SENDER,
    /** What was sent may become valid once something else is known: keep it, ask for what is missing. */
    TOO_EARLY,
    /** We could not judge it, or it only meets one of our own limits: never blame the peer. */
    OURS
}
