package dev.rensa.node.peer;

/** How a connection came to be, and what for. */
enum Purpose {
    ACCEPTED,
    DIALED,
    /** Dialled to learn who listens there, and closed as soon as that is proved. */
    FEELER
}
