package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;

/** One connection to a peer. The writer thread decides about it; whoever makes an answer may put it in. */
public interface PeerLink {

    PeerInfo info();

    /**
     * Queues a message. From any thread; messages of one thread keep their order.
     *
     * @return false if the connection is closed, or if its bounded queue is full; the message is dropped then, and what
     *     it carried must be found another way (announcements repeat, requests time out)
     */
    boolean send(Message message);

    /** Bytes that wait to be taken by the peer. From any thread. */
    long queuedBytes();

    /** Whether it may take an answer, however long, as far as can be told. From any thread. */
    default boolean hasRoomForAnswers() {
        return true;
    }

    /** Whether this side reads nothing of the peer at present, so that its silence says nothing. From any thread. */
    boolean isPaused();

    /** Says goodbye with the reason and closes. Harmless when already closed. */
    void disconnect(Rejection rejection);

    /**
     * Adds to the peer's score of misbehaviour; at 100 it is disconnected and banned for a while.
     *
     * @param points 1 to 100
     */
    void penalise(int points, Rejection rejection);

    default NodeKey key() {
        return info().key();
    }
}
