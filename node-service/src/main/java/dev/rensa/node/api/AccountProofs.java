package dev.rensa.node.api;

import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.CheckpointState;
import dev.rensa.node.chain.CommittedState;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.AccountProofView;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.AccountProof;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What accounts had at the latest committed checkpoint, provable against a header. */
@ApplicationScoped
class AccountProofs {

    private final ChainView chain;

    AccountProofs(ChainView chain) {
        this.chain = chain;
    }

    AccountProofView proof(String text) {
        String prefix = chain.genesis().addressPrefix();
        PublicKey key = RequestChecks.account(text, prefix);
        List<CommittedState> states = chain.committedStates();
        for (CommittedState committed : states) {
            Optional<CheckpointState.Proving> proving = committed.state().prove(key);
            if (proving.isPresent()) {
                return view(new Address(prefix, key), committed, proving.get());
            }
        }
        long interval = chain.genesis().checkpointInterval();
        throw new ProblemException(
                RejectionReason.NOT_READY,
                "no state is kept to prove from: a state is committed to one interval (" + interval
                        + " blocks) later, and a node that was stopped keeps what it can still take its accounts back to."
                        + " Ask again after the next two checkpoints");
    }

    private static AccountProofView view(Address address, CommittedState committed, CheckpointState.Proving proving) {
        AccountProof proof = proving.proof()
                .orElseThrow(() -> new ProblemException(
                        RejectionReason.SIZE_LIMIT,
                        "the absence of this account is proved by the " + proving.inBucket()
                                + " accounts beside it; an answer shows at most " + CheckpointState.MAX_SHOWN));
        AccountState account =
                proof instanceof AccountProof.Present present ? present.account() : AccountState.absent(address.key());
        return AccountProofView.of(address, account, committed.state().height(), committed.header(), proof);
    }
}
