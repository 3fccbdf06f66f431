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
