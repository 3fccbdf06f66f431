package dev.rensa.node.api;

import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.CommittedState;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.AccountProofView;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.AccountProof;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What accounts had at the latest committed checkpoint, provable against a header. */
@ApplicationScoped
class AccountProofs {

    /** Accounts of a bucket that are shown to prove an absence: 6 MiB of text. More take somebody who fills that bucket. */
    private static final int MAX_BUCKET_SHOWN = 65_536;

    private final ChainView chain;

    AccountProofs(ChainView chain) {
        this.chain = chain;
    }

    AccountProofView proof(String text) {
        String prefix = chain.genesis().addressPrefix();
        PublicKey key = RequestChecks.account(text, prefix);
        List<CommittedState> states = chain.committedStates();
        for (CommittedState committed : states) {
            Optional<StateBucket> bucket = committed.state().bucketOf(key);
            if (bucket.isPresent()) {
                return view(new Address(prefix, key), committed, bucket.get());
            }
        }
        long interval = chain.genesis().checkpointInterval();
        throw new ProblemException(
                RejectionReason.NOT_READY,
                "no state is kept to prove from: a node keeps those that it passed since its start, and a state is committed"
                        + " to one interval (" + interval + " blocks) later. Ask again after the next two checkpoints");
    }

    private static AccountProofView view(Address address, CommittedState committed, StateBucket bucket) {
        PublicKey key = address.key();
        AccountState account = bucket.find(key).orElseGet(() -> AccountState.absent(key));
        if (account.isEmpty() && bucket.accounts().size() > MAX_BUCKET_SHOWN) {
            throw new ProblemException(
                    RejectionReason.SIZE_LIMIT,
                    "the absence of this account is proved by the "
                            + bucket.accounts().size() + " accounts beside it; an answer shows at most "
                            + MAX_BUCKET_SHOWN);
        }
        AccountProof proof =
                AccountProof.of(key, bucket, committed.state().roots().path(account.bucket()));
        return AccountProofView.of(address, account, committed.state().height(), committed.header(), proof);
    }
}
