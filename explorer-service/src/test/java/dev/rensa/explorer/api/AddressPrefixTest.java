package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.protocol.crypto.PublicKey;
import org.junit.jupiter.api.Test;

class AddressPrefixTest {

    @Test
    void shouldEncloseTheKeyOfEveryBeginningOfItsAddress() {
        for (int number = 1; number < 20; number++) {
            PublicKey key = TestNetwork.key(number).publicKey();
            String address = TestNetwork.address(key);

            for (int length = "rns1p".length() + 4; length <= address.length(); length++) {
                AddressPrefix range =
                        AddressPrefix.parse(address.substring(0, length), "rns").orElseThrow();
                assertThat(key).isBetween(range.lowest(), range.highest());
            }
        }
    }

    @Test
    void shouldNarrowWithEachCharacter() {
        String address = TestNetwork.address(TestNetwork.ALICE);

        AddressPrefix whole = AddressPrefix.parse(address, "rns").orElseThrow();
        AddressPrefix some =
                AddressPrefix.parse(address.substring(0, 12), "rns").orElseThrow();

        assertThat(whole.lowest()).isEqualTo(whole.highest()).isEqualTo(TestNetwork.ALICE.publicKey());
        assertThat(some.lowest()).isLessThan(some.highest());
    }

    @Test
    void shouldRefuseWhatIsNoBeginning() {
        assertThat(AddressPrefix.parse("rns1pqq", "rns")).isEmpty();
        assertThat(AddressPrefix.parse("xyz1pqqqqqq", "rns")).isEmpty();
        assertThat(AddressPrefix.parse("rns1pqqbqqq", "rns")).isEmpty();
    }
}
