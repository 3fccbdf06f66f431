package dev.rensa.wallet.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressGroupTest {

    @Test
    void shouldTakeThe64BitsThatASiteChoosesFromAsOne() {
        assertThat(AddressGroup.of("2001:db8:0:1::1")).isEqualTo(AddressGroup.of("2001:db8:0:1:ffff:ffff:ffff:ffff"));
        assertThat(AddressGroup.of("2001:db8:0:1::1")).isNotEqualTo(AddressGroup.of("2001:db8:0:2::1"));
    }

    @Test
    void shouldKeepOtherAddressesApart() {
        assertThat(AddressGroup.of("10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(AddressGroup.of("::ffff:10.0.0.1")).isNotEqualTo(AddressGroup.of("::ffff:10.0.0.2"));
        assertThat(AddressGroup.of("")).isEmpty();
    }
}
