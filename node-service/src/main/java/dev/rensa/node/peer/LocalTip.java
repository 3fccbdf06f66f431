package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;

/** Our canonical tip, as a handshake tells it. */
public record LocalTip(long height, BlockHash hash, Work work) {}
