package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;

/** What a look at a body alone, without any account, has shown. */
public sealed interface PreparedBlock {

    BlockHash hash();

    /** The body keeps every rule that needs neither accounts nor cryptography. */
    record Sound(CheckedBlock checked) implements PreparedBlock {
        @Override
        public BlockHash hash() {
            return checked.block().hash();
        }
    }

    /** The bytes are not the body that the header commits to. That says nothing of the block: others may have the right one. */
    record Mismatched(BlockHash hash, Rejection rejection) implements PreparedBlock {}

    /** The header commits to this body, and it breaks a rule: the block is invalid for ever. */
    record Broken(BlockHash hash, Rejection rejection) implements PreparedBlock {}
}
