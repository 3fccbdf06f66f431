package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;

/** Asked at the head of every frame, before memory is taken for the rest of it. */
@FunctionalInterface
interface FrameGate {

    /**
     * Whether the frame may be read on now.
     *
     * @param length of the payload, its type included
     * @return false to leave it where it is; it is asked again whenever the next frame is
     * @throws MalformedException if the frame must not come at all
     */
    boolean begin(FrameType type, int length);
}
