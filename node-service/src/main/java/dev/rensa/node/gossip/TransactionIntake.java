package dev.rensa.node.gossip;

import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.Trial;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The door of the mempool: cheap checks, then signatures away from the writer thread, then admission in order. */
final class TransactionIntake {

    private static final Admission FAILED = new Admission.Refused(new Rejection(
            RejectionReason.INTERNAL_ERROR, "the node failed to judge this transaction; its log says why"));

    private final Mempool mempool;
    private final SignatureChecks checks;
    private final InstantSource clock;

    /**
     * What the cheap checks said.
     *
     * @param early an answer a transaction, empty for those whose signatures are to be checked
     */
    private record Prechecked(List<Optional<Admission>> early, List<Transaction> unchecked) {}

    TransactionIntake(Mempool mempool, SignatureChecks checks, InstantSource clock) {
        this.mempool = mempool;
        this.checks = checks;
        this.clock = clock;
    }

    /**
     * Offers transactions.
     *
     * @param whenDone called once with one answer a transaction in the same order, within this call or later
     */
    void offer(List<Transaction> transactions, Consumer<List<Admission>> whenDone) {
        Prechecked prechecked = precheck(transactions);
        if (prechecked.unchecked.isEmpty()) {
            whenDone.accept(noted(
                    transactions,
                    prechecked.early.stream().map(Optional::orElseThrow).toList()));
        } else {
            checks.check(prechecked.unchecked, valid -> answer(transactions, prechecked, valid, whenDone));
        }
    }

    /**
     * The same for what peers send: the cheap checks are made away from the writer too, for they may read accounts from
     * the disk. It answers after this call.
     */
    void offerAside(List<Transaction> transactions, Consumer<List<Admission>> whenDone) {
        checks.check(
                () -> precheck(transactions),
                Prechecked::unchecked,
                (prechecked, valid) -> answer(transactions, prechecked, valid, whenDone));
    }

    private Prechecked precheck(List<Transaction> transactions) {
        List<Optional<Admission>> early = new ArrayList<>(transactions.size());
        List<Transaction> unchecked = new ArrayList<>();
        for (Transaction transaction : transactions) {
            Optional<Admission> refusal = mempool.precheck(transaction).map(TransactionIntake::refused);
            early.add(refusal);
            if (refusal.isEmpty()) {
                unchecked.add(transaction);
            }
        }
        return new Prechecked(early, unchecked);
    }

    private void answer(
            List<Transaction> transactions,
            Prechecked prechecked,
            boolean[] valid,
            Consumer<List<Admission>> whenDone) {
        List<Admission> admissions;
        try {
            admissions = admit(transactions, prechecked.early, valid);
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            // A mistake of ours must not leave those waiting who were promised an answer.
            whenDone.accept(Collections.nCopies(transactions.size(), FAILED));
            throw e;
        }
        whenDone.accept(noted(transactions, admissions));
    }

    private List<Admission> admit(List<Transaction> transactions, List<Optional<Admission>> early, boolean[] valid) {
        List<Admission> admissions = new ArrayList<>(transactions.size());
        int checked = 0;
        for (int i = 0; i < transactions.size(); i++) {
            if (early.get(i).isPresent()) {
                admissions.add(early.get(i).get());
            } else if (valid[checked++]) {
                admissions.add(mempool.admit(transactions.get(i), clock.millis()));
            } else {
                admissions.add(badSignature(transactions.get(i)));
            }
        }
        return admissions;
    }

    /**
     * Judges a transaction and takes nothing.
     *
     * @param whenDone called once, within this call or later
     */
    void tryOut(Transaction transaction, Consumer<Trial> whenDone) {
        Optional<Admission> early = mempool.precheck(transaction).map(TransactionIntake::refused);
        if (early.isPresent()) {
            whenDone.accept(Trial.of(early.get()));
        } else {
            checks.check(
                    List.of(transaction),
                    valid -> whenDone.accept(valid[0] ? trial(transaction) : Trial.of(badSignature(transaction))));
        }
    }

    private Trial trial(Transaction transaction) {
        try {
            return mempool.tryOut(transaction);
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            return Trial.of(FAILED);
        }
    }

    /** Whoever asks later why a transaction is not mined shall hear of its refusal. */
    private List<Admission> noted(List<Transaction> transactions, List<Admission> admissions) {
        for (int i = 0; i < admissions.size(); i++) {
            if (admissions.get(i) instanceof Admission.Refused(Rejection rejection)) {
                mempool.noteRefusal(transactions.get(i).id(), rejection, clock.millis());
            }
        }
        return admissions;
    }

    private static Admission badSignature(Transaction transaction) {
        return refused(new Rejection(
                RejectionReason.INVALID_SIGNATURE,
                "the signature of transaction " + transaction.id() + " does not hold for its sender on this network"));
    }

    private static Admission refused(Rejection rejection) {
        return rejection.reason() == RejectionReason.ALREADY_KNOWN
                ? new Admission.Known()
                : new Admission.Refused(rejection);
    }
}
