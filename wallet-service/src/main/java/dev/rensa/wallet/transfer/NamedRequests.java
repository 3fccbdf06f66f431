package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the idempotency keys of requests that share a commit stand for: transfers of the store, which is asked for all keys
 * of a wallet at once, and those that the requests themselves make. For one thread.
 */
final class NamedRequests {

    private final Map<Name, Transfer> transfers = new HashMap<>();

    private record Name(WalletId wallet, String key) {}

    /** Reads what the keys of these requests stand for already. */
    NamedRequests(TransferStore store, BlockHash network, Collection<TransferRequest> requests) {
        Map<WalletId, Set<String>> asked = new HashMap<>();
        for (TransferRequest request : requests) {
            String key = request.idempotencyKey();
            if (key != null) {
                asked.computeIfAbsent(request.from().wallet(), wallet -> new HashSet<>())
                        .add(key);
            }
        }
        asked.forEach((wallet, keys) ->
                store.findByIdempotencyKeys(network, wallet, List.copyOf(keys)).forEach(this::add));
    }

    /**
     * The transfer that an earlier request of the same key made, if there is one.
     *
     * @throws TransferRefusedException if that was another request
     */
    Optional<Transfer> earlier(TransferRequest request) {
        String key = request.idempotencyKey();
        Transfer earlier =
                key == null ? null : transfers.get(new Name(request.from().wallet(), key));
        if (earlier != null && !earlier.requestHash().equals(request.requestHash())) {
            throw new TransferRefusedException(
                    TransferRefusedException.KEY_REUSED,
                    "this Idempotency-Key was used for another request, which made transfer " + earlier.id()
                            + ": use a fresh key for a new transfer");
        }
        return Optional.ofNullable(earlier);
    }

    /** From now on its key stands for it. */
    void add(Transfer transfer) {
        String key = transfer.idempotencyKey();
        if (key != null) {
            transfers.put(new Name(transfer.wallet(), key), transfer);
        }
    }
}
