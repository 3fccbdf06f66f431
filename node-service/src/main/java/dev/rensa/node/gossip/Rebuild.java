package dev.rensa.node.gossip;

import dev.rensa.node.peer.Message;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One compact block of one peer on its way to a whole block. */
final class Rebuild {

    private final BlockHeader header;
    private final BlockHash hash;
    private final ShortIdKey key;
    private final @Nullable Transaction[] places;

    /** Short ids by place; meaningless where a transaction came prefilled. */
    private final long[] shortIds;

    private final ShortIdMap<Integer> placeOf;
    private final boolean ambiguous;
    private int missing;

    Rebuild(Message.CompactBlock compact, BlockHash hash, long secret) {
        this.header = compact.header();
        this.hash = hash;
        this.key = ShortIdKey.of(hash, compact.salt());
        this.places = new @Nullable Transaction[compact.size()];
        this.shortIds = new long[compact.size()];
        this.placeOf = new ShortIdMap<>(secret);
        for (Message.Prefilled prefilled : compact.prefilled()) {
            places[prefilled.index()] = prefilled.transaction();
        }
        boolean twice = false;
        int next = 0;
        for (int place = 0; place < places.length; place++) {
            if (places[place] == null) {
                shortIds[place] = compact.ids().get(next++);
                twice |= placeOf.put(shortIds[place], place) != null;
            }
        }
        this.ambiguous = twice;
        this.missing = next;
    }

    BlockHash hash() {
        return hash;
    }

    /** Whether two places have the same short id: it takes the whole body to tell them apart. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    boolean isComplete() {
        return missing == 0;
    }

    /** Puts a transaction where it belongs, if anywhere; false when no more are needed. */
    boolean offer(Transaction transaction) {
        Integer place = placeOf.get(key.shortId(transaction.id()));
        if (place != null) {
            Transaction present = places[place];
            if (present == null) {
                places[place] = transaction;
                missing--;
            } else if (!present.id().equals(transaction.id())) {
                // Two of ours collide, and the block has one of them: the peer says which.
                places[place] = null;
                placeOf.remove(shortIds[place]);
                missing++;
            }
        }
        return missing > 0;
    }

    /** The places without a transaction, ascending. */
    List<Integer> missingPlaces() {
        List<Integer> indexes = new ArrayList<>(missing);
        for (int place = 0; place < places.length; place++) {
            if (places[place] == null) {
                indexes.add(place);
            }
        }
        return indexes;
    }

    /** Fills what was missing; false if it is not what the compact block named. */
    boolean complete(List<Transaction> answer) {
        List<Integer> indexes = missingPlaces();
        if (answer.size() != indexes.size()) {
            return false;
        }
        for (int i = 0; i < answer.size(); i++) {
            int place = indexes.get(i);
            if (key.shortId(answer.get(i).id()) != shortIds[place]) {
                return false;
            }
            places[place] = answer.get(i);
        }
        missing = 0;
        return true;
    }

    /** The block, which must be complete. Its root may be wrong: another transaction of ours can have had the same short id. */
    Block block() {
        return new Block(header, Arrays.asList(places));
    }
}
