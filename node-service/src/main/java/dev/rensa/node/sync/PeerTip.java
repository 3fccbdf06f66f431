package dev.rensa.node.sync;

import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;

/**
 * A connected peer and the tip that it told of last.
 *
 * @param work cumulative work of the tip: checked if we know the header, otherwise what the peer claims
 */
public record PeerTip(PeerLink link, long height, BlockHash tip, Work work) {}
