package dev.rensa.node.snapshot;

import dev.rensa.node.peer.Message;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.state.BucketRoots;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what peers give against what a header commits to. From any thread. */
final class StateProofs {

    private StateProofs() {}

    /** The bucket roots, if they lead to the state root. */
    static Optional<BucketRoots> roots(List<ByteBuffer> pages, Hash stateRoot) {
        try {
            List<byte[]> encoded = new ArrayList<>();
            for (ByteBuffer page : pages) {
                byte[] bytes = new byte[page.remaining()];
                page.duplicate().get(bytes);
                encoded.add(bytes);
            }
            return Optional.of(BucketRoots.decode(encoded))
                    .filter(roots -> roots.stateRoot().equals(stateRoot));
        } catch (MalformedException notCanonical) {
            return Optional.empty();
        }
    }

    /**
     * Whether every bucket of an answer has its root; of a part, whether it is the one behind those that are known already.
     * Whatever number of parts an answer claims, what lies left of the new part is known leaf by leaf then, so no account
     * can be left out.
     *
     * @param before roots of the parts of the first bucket that are here
     */
    static boolean holds(Message.StateChunk answer, BucketRoots roots, List<Hash> before) {
        if (answer.isPart()) {
            List<Hash> parts = answer.partRoots();
            return answer.part() == before.size()
                    && parts.subList(0, answer.part()).equals(before)
                    && parts.get(answer.part())
                            .equals(answer.buckets().getFirst().root())
                    && MerkleTree.rootOfParts(parts).equals(roots.bucket(answer.first()));
        }
        for (int i = 0; i < answer.buckets().size(); i++) {
            if (!answer.buckets().get(i).root().equals(roots.bucket(answer.first() + i))) {
                return false;
            }
        }
        return true;
    }
}
