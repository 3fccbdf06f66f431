package dev.rensa.protocol.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GenesisDocumentTest {

    @Test
    void shouldReadBackWhatItWrites() {
        Genesis genesis = DevelopmentGenesis.get();

        Genesis again = GenesisDocument.parse(GenesisDocument.of(genesis).toJson());

        assertThat(again).isEqualTo(genesis);
        assertThat(again.networkHash()).isEqualTo(genesis.networkHash());
    }

    @Test
    void shouldRefuseAFieldItDoesNotKnow() {
        String json = GenesisDocument.of(DevelopmentGenesis.get())
                .toJson()
                .replace("\"subsidy\"", "\"subsidi\" : 1, \"subsidy\"");

        assertThatThrownBy(() -> GenesisDocument.parse(json))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageContaining("subsidi");
    }

    @Test
    void shouldRefuseAMissingField() {
        String json = GenesisDocument.of(DevelopmentGenesis.get()).toJson().replaceFirst("\"minimumFee\" : 0,", "");

        assertThatThrownBy(() -> GenesisDocument.parse(json))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageContaining("minimumFee");
    }

    @Test
    void shouldRefuseMoreCoinsThanCanBeCounted() {
        String json = GenesisDocument.of(DevelopmentGenesis.get())
                .toJson()
                .replaceFirst("\"halvingInterval\" : \\d+", "\"halvingInterval\" : 50000000000");

        assertThatThrownBy(() -> GenesisDocument.parse(json))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageContaining("2^63 - 1");
    }

    @Test
    void shouldRefuseAnAllocationToWhatIsNoAddress() {
        String json = GenesisDocument.of(DevelopmentGenesis.get())
                .toJson()
                .replaceFirst("\"address\" : \"rns1p", "\"address\" : \"rns1Q");

        assertThatThrownBy(() -> GenesisDocument.parse(json)).isInstanceOf(InvalidGenesisException.class);
    }

    @Test
    void shouldRefuseAnAllocationThatIsNull() {
        String json = GenesisDocument.of(DevelopmentGenesis.get()).toJson().replaceFirst("\\[ \\{[^}]*}", "[ null");

        assertThatThrownBy(() -> GenesisDocument.parse(json))
                .isInstanceOf(InvalidGenesisException.class)
                .hasMessageContaining("an allocation is null");
    }
}
