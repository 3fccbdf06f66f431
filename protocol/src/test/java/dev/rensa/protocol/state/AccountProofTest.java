package dev.rensa.protocol.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.money.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountProofTest {

    private static final PublicKey FIRST = key("abcd01");
    private static final PublicKey SECOND = key("abcd02");
    private static final PublicKey ELSEWHERE = key("00");
    private static final PublicKey NOBODY = key("abcd03");

    private final StateBucket bucket = new StateBucket(
            List.of(new AccountState(FIRST, Amount.ofCoins(3), 0), new AccountState(SECOND, Amount.ZERO, 4)));
    private final BucketRoots roots = BucketRoots.EMPTY.with(Map.of(
            0xabcd,
            bucket.root(),
            0x0055,
            new StateBucket(List.of(new AccountState(ELSEWHERE, Amount.ofMon(1), 2))).root()));

    @Test
    void shouldHaveTheRootThatWasFrozen() {
        assertThat(BucketRoots.EMPTY.stateRoot().toHex())
                .isEqualTo("90f0951505390e5d3756748a16b2845d2a14085069cc46ffbdd34a8661f1f5d5");
        assertThat(roots.stateRoot().toHex())
                .isEqualTo("19d7a692996de1e51a5a0835e46166e44601d8a52fb5315b0e11d862c1a16711");
    }

    @Test
    void shouldProveAnAccountThatExists() {
        AccountProof proof = AccountProof.of(SECOND, bucket, roots.path(0xabcd));

        assertThat(proof.verify(SECOND, roots.stateRoot())).contains(new AccountState(SECOND, Amount.ZERO, 4));
        assertThat(proof.verify(FIRST, roots.stateRoot())).isEmpty();
        assertThat(proof.verify(SECOND, BucketRoots.EMPTY.stateRoot())).isEmpty();
    }

    @Test
    void shouldProveThatAnAccountDoesNotExist() {
        AccountProof proof = AccountProof.of(NOBODY, bucket, roots.path(0xabcd));
        AccountProof emptyBucket = AccountProof.of(key("7777"), new StateBucket(List.of()), roots.path(0x7777));

        assertThat(proof.verify(NOBODY, roots.stateRoot())).contains(AccountState.absent(NOBODY));
        assertThat(proof.verify(FIRST, roots.stateRoot())).isEmpty();
        assertThat(proof.verify(ELSEWHERE, roots.stateRoot())).isEmpty();
        assertThat(emptyBucket.verify(key("7777"), roots.stateRoot())).contains(AccountState.absent(key("7777")));
    }

    @Test
    void shouldNotHideAnAccountByLeavingItOutOrMovingIt() {
        List<Hash> path = roots.path(0xabcd);
        StateBucket shortened = new StateBucket(List.of(bucket.accounts().getFirst()));
        StateBucket reversed = new StateBucket(bucket.accounts().reversed());

        assertThat(new AccountProof.Absent(shortened, path).verify(SECOND, roots.stateRoot()))
                .isEmpty();
        assertThat(new AccountProof.Absent(reversed, path).verify(NOBODY, roots.stateRoot()))
                .isEmpty();
        assertThat(new AccountProof.Absent(bucket, path.subList(0, 15)).verify(NOBODY, roots.stateRoot()))
                .isEmpty();
    }

    @Test
    void shouldNotBelieveAnotherBalanceNonceOrPath() {
        AccountProof.Present proof = (AccountProof.Present) AccountProof.of(FIRST, bucket, roots.path(0xabcd));
        List<Hash> wrongPath = new ArrayList<>(proof.statePath());
        wrongPath.set(7, Hash.ZERO);
        List<AccountProof> tampered = List.of(
                new AccountProof.Present(
                        new AccountState(FIRST, Amount.ofCoins(4), 0), proof.inBucket(), proof.statePath()),
                new AccountProof.Present(
                        new AccountState(FIRST, Amount.ofCoins(3), 1), proof.inBucket(), proof.statePath()),
                new AccountProof.Present(
                        proof.account(), new MerkleProof(1, 2, proof.inBucket().path()), proof.statePath()),
                new AccountProof.Present(proof.account(), new MerkleProof(0, 1, List.of()), proof.statePath()),
                new AccountProof.Present(proof.account(), proof.inBucket(), wrongPath));

        assertThat(tampered)
                .allSatisfy(t -> assertThat(t.verify(FIRST, roots.stateRoot())).isEmpty());
    }

    @Test
    void shouldCarryPagesAndPathsOfAnyBucket() {
        Map<Integer, Hash> changed = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            changed.put(
                    (i * 7_919) % BucketRoots.BUCKETS,
                    Hash.of(MerkleTree.rootOfBytes(List.of(new byte[] {(byte) i, 1}))
                            .toBytes()));
        }
        BucketRoots many = BucketRoots.EMPTY.with(changed);
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < BucketRoots.BUCKETS; i++) {
            leaves.add(changed.getOrDefault(i, BucketRoots.EMPTY_BUCKET));
        }

        assertThat(many.stateRoot()).isEqualTo(MerkleTree.root(leaves));
        assertThat(BucketRoots.decode(many.pages()).stateRoot()).isEqualTo(many.stateRoot());
        for (int i : List.of(0, 255, 256, 7_919, 65_535)) {
            assertThat(many.bucket(i)).isEqualTo(leaves.get(i));
            assertThat(many.path(i)).isEqualTo(MerkleTree.prove(leaves, i).path());
        }
        Map<Integer, Hash> gone = new TreeMap<>();
        changed.keySet().forEach(b -> gone.put(b, BucketRoots.EMPTY_BUCKET));
        assertThat(many.with(gone).stateRoot()).isEqualTo(BucketRoots.EMPTY.stateRoot());
    }

    @Test
    void shouldRefusePagesThatAreNotCanonical() {
        List<byte[]> pages = new ArrayList<>(roots.pages());
        byte[] tooLong = new byte[64];
        byte[] spelledOut = new byte[64];
        spelledOut[0] = 1;
        BucketRoots.EMPTY_BUCKET.writeTo(spelledOut, 32);

        for (byte[] wrong : List.of(tooLong, spelledOut, new byte[31], new byte[0])) {
            pages.set(3, wrong);
            assertThatThrownBy(() -> BucketRoots.decode(pages)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> BucketRoots.decode(pages.subList(0, 255))).isInstanceOf(MalformedException.class);
    }

    private static PublicKey key(String hexPrefix) {
        return PublicKey.fromHex(hexPrefix + "5".repeat(64 - hexPrefix.length()));
    }
}
