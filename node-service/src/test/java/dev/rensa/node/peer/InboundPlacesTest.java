package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.InboundPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundPlacesTest {

    @Test
    void shouldLetTheYoungestOfTheFullestGroupGiveWay() {
        List<Place<String>> taken = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            taken.add(place("many-" + i, "many", 1_000 + i));
        }
        taken.add(place("lone", "lone", 1));

        assertThat(InboundPlaces.givesWay(taken, "new")).contains("many-0");
        assertThat(InboundPlaces.givesWay(taken, "lone")).contains("many-0");
    }

    @Test
    void shouldRefuseANewcomerWhoBringsNoVariety() {
        List<Place<String>> taken = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            taken.add(place("many-" + i, "many", i));
        }
        assertThat(InboundPlaces.givesWay(taken, "many")).isEmpty();

        List<Place<String>> spread = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            spread.add(place("each-" + i, "group-" + i, i));
        }
        assertThat(InboundPlaces.givesWay(spread, "new")).isEmpty();
    }

    /** However many addresses somebody has, half of those who were there first and answer well stay. */
    @Test
    void shouldKeepTheLongestAndTheQuickestAgainstAnyFlood() {
        List<Place<String>> taken = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            taken.add(new Place<>("honest-" + i, "home", 1_000_000 + i, i < 4 ? 1 : 50));
        }
        for (int wave = 0; wave < 1_000; wave++) {
            String group = "attacker-" + wave;
            InboundPlaces.givesWay(taken, group).ifPresent(victim -> {
                taken.removeIf(place -> place.link().equals(victim));
                taken.add(new Place<>(group, group, 0, 10));
            });
        }

        assertThat(taken).hasSize(8);
        assertThat(taken).filteredOn(place -> place.group().equals("home")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(taken).extracting(Place::link).contains("honest-7", "honest-6");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.9.9.9,true",
        "127.0.0.1,::1,true",
        "8.8.4.4,8.8.200.1,true",
        "8.8.4.4,8.9.4.4,false",
        "10.1.2.3,10.1.2.200,true",
        "10.1.2.3,10.1.3.3,false",
        "2001:db8:1::1,2001:db8:2::1,true",
        "2001:db8::1,2001:db9::1,false",
        "fd00:1:2:3::1,fd00:1:2:3:4::1,true",
        "fd00:1:2:3::1,fd00:1:2:4::1,false",
        "a.example,a.example,true",
        "a.example,b.example,false"
    })
    void shouldPutNeighboursIntoOneGroup(String one, String other, boolean same) {
        assertThat(AddressGroups.of(one).equals(AddressGroups.of(other))).isEqualTo(same);
    }

    private static Place<String> place(String link, String group, long ageMillis) {
        return new Place<>(link, group, ageMillis, Double.POSITIVE_INFINITY);
    }
}
