package dev.rensa.node.simulation;

import dev.rensa.node.peer.Message;

/** Messages in few words, for the trace. */
final class Words {

    private Words() {}

    static String of(Message message) {
        return switch (message) {
            case Message.AnnounceTip tip ->
                "tip " + tip.header().height() + " " + shorten(tip.header().hash());
            case Message.GetHeaders question ->
                "headers? behind " + shorten(question.locator().getFirst());
            case Message.Headers answer -> "headers " + answer.headers().size();
            case Message.GetBodies question ->
                "bodies? " + question.hashes().size() + " from "
                        + shorten(question.hashes().getFirst());
            case Message.Bodies answer -> "bodies " + answer.bodies().size();
            case Message.AnnounceTransactions told -> "ids " + told.ids().size();
            case Message.GetTransactions question ->
                "transactions? " + question.ids().size();
            case Message.Transactions sent ->
                "transactions " + sent.transactions().size() + " "
                        + shorten(sent.transactions().getFirst().id());
            case Message.TransactionsGone told -> "gone " + told.ids().size();
            case Message.WantRelay choice -> "relay " + choice.wanted();
            case Message.CompactBlock block ->
                "compact " + shorten(block.header().hash()) + " " + block.ids().size() + " and "
                        + block.prefilled().size();
            case Message.GetBlockTransactions question ->
                "missing? " + question.indexes().size() + " of " + shorten(question.block());
            case Message.BlockTransactions answer ->
                "missing " + answer.transactions().size() + " of " + shorten(answer.block());
            case Message.GetStateRoots question -> "state roots? " + shorten(question.block());
            case Message.StateRoots answer -> "state roots " + answer.pages().size();
            case Message.GetStateChunk question -> "state? " + question.count() + " from " + question.first();
            case Message.StateChunk answer -> "state " + answer.buckets().size() + " from " + answer.first();
            case Message.Peers told -> "peers " + told.addresses().size();
            case Message.Ping _ -> "ping";
            case Message.Pong _ -> "pong";
            case Message.Goodbye _ -> "goodbye";
        };
    }

    static String shorten(Object hash) {
        return hash.toString().substring(0, 8);
    }
}
