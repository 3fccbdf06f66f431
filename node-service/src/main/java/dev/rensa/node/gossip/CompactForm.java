package dev.rensa.node.gossip;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;

/** A block as this node gives it to peers: names that are the same for all, and for each what it is known to lack. */
final class CompactForm {

    private final ChainHead head;
    private final Block block;
    private final long salt;
    private final long[] shortIds;

    /** Places of transactions that came so short a time ago that a peer may lack them. */
    private final List<Integer> young = new ArrayList<>();

    CompactForm(Block block, ChainHead head, long salt, TransactionRelay relay) {
        this.head = head;
        this.block = block;
        this.salt = salt;
        this.shortIds = new long[block.transactions().size()];
        ShortIdKey key = ShortIdKey.of(block.hash(), salt);
        for (int place = 0; place < shortIds.length; place++) {
            Transaction transaction = block.transactions().get(place);
            shortIds[place] = key.shortId(transaction.id());
            if (relay.isYoung(transaction.id().prefix())) {
                young.add(place);
            }
        }
    }

    Block block() {
        return block;
    }

    /** Sends it; false if the link takes no more. */
    boolean sendTo(RelayPeer peer) {
        List<Message.Prefilled> prefilled = new ArrayList<>();
        int bytes = 0;
        for (int place : young) {
            Transaction transaction = block.transactions().get(place);
            int needed = Integer.BYTES + transaction.size();
            if (!peer.has(transaction.id().prefix()) && bytes + needed <= MessageLimits.MAX_PREFILLED_BYTES) {
                bytes += needed;
                prefilled.add(new Message.Prefilled(place, transaction));
            }
        }
        boolean sent = peer.link()
                .send(new Message.CompactBlock(head.header(), head.work(), salt, without(prefilled), prefilled));
        if (sent) {
            prefilled.forEach(given -> peer.shares(given.transaction().id().prefix()));
        }
        return sent;
    }

    private ShortIds without(List<Message.Prefilled> prefilled) {
        long[] rest = new long[shortIds.length - prefilled.size()];
        int from = 0;
        int to = 0;
        for (Message.Prefilled gap : prefilled) {
            System.arraycopy(shortIds, from, rest, to, gap.index() - from);
            to += gap.index() - from;
            from = gap.index() + 1;
        }
        System.arraycopy(shortIds, from, rest, to, shortIds.length - from);
        return ShortIds.of(rest);
    }
}
