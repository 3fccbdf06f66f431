package dev.rensa.explorer.api;

import dev.rensa.explorer.api.PassportInfo.NodeExplanation;
import dev.rensa.explorer.api.PassportInfo.NodePages;
import dev.rensa.explorer.api.PassportInfo.StampInfo;
import dev.rensa.explorer.history.HistoryStore;
import dev.rensa.explorer.passport.PassportBook;
import dev.rensa.explorer.passport.Stamp;
import dev.rensa.protocol.crypto.TransactionId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts a transaction's passport together. */
@ApplicationScoped
public class PassportReader {

    private final PassportBook book;
    private final HistoryStore history;
    private final NodeQuestions nodes;

    PassportReader(PassportBook book, HistoryStore history, NodeQuestions nodes) {
        this.book = book;
        this.history = history;
        this.nodes = nodes;
    }

    /** When each node admitted, mined, lost and dropped a transaction, with reasons; and what nodes say of it now. */
    public PassportInfo passport(String idText) {
        TransactionId id = Inputs.transactionId(idText);
        // What is kept may lack the last second, and the book what came before the last start. What is kept may be
        // another
        // explorer's, so the same event may stand in both with different times.
        List<Stamp> kept = history.stamps(id);
        List<Stamp> stamps = Stream.concat(
                        kept.stream(),
                        book.stamps(id).stream().filter(stamp -> kept.stream().noneMatch(stamp::isSameAs)))
                .sorted(Comparator.comparingLong(Stamp::timeMillis))
                .toList();
        List<NodeExplanation> explanations = nodes.explanations(id).stream()
                .map(answer -> new NodeExplanation(answer.node().identity(), answer.nameOfNode(), answer.value()))
                .toList();
        Long first = stamps.isEmpty() ? null : stamps.getFirst().timeMillis();
        return new PassportInfo(id.toHex(), first, pages(stamps), explanations);
    }

    private static List<NodePages> pages(List<Stamp> stamps) {
        Map<String, List<Stamp>> byNode = new LinkedHashMap<>();
        stamps.forEach(stamp ->
                byNode.computeIfAbsent(stamp.nodeKey(), _ -> new ArrayList<>()).add(stamp));
        return byNode.values().stream()
                .map(own -> new NodePages(
                        own.getFirst().nodeKey(),
                        own.getLast().node(),
                        own.getFirst().timeMillis() - stamps.getFirst().timeMillis(),
                        own.stream().map(PassportReader::stamp).toList()))
                .toList();
    }

    private static StampInfo stamp(Stamp stamp) {
        return new StampInfo(stamp.timeMillis(), stamp.state(), stamp.code(), stamp.successor(), stamp.block());
    }
}
