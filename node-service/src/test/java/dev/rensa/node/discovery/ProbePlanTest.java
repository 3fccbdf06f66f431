package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbePlanTest {

    @Test
    void shouldReadHostsInEveryForm() {
        ProbePlan plan = ProbePlan.parse(
                List.of("node.example", "10.0.0.254-10.0.1.1", " 192.168.1.77/30 ", "fd00::fffe/127", "10.0.0.255"),
                List.of("7400"));

        assertThat(plan.hosts())
                .containsExactly(
                        "node.example",
                        "10.0.0.254",
                        "10.0.0.255",
                        "10.0.1.0",
                        "10.0.1.1",
                        "192.168.1.77",
                        "192.168.1.78",
                        "fd00:0:0:0:0:0:0:fffe",
                        "fd00:0:0:0:0:0:0:ffff");
    }

    @Test
    void shouldReadPortsAndRangesOfPorts() {
        assertThat(ProbePlan.parse(List.of("a"), List.of("7400-7402", "80", "7401"))
                        .ports())
                .containsExactly(7400, 7401, 7402, 80);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/16,7400,65534", "10.0.0.0/24,7400-7499,25400"})
    void shouldAllowAsManyAsARunCanDo(String hosts, String ports, int probes) {
        ProbePlan plan = ProbePlan.parse(List.of(hosts), List.of(ports));

        assertThat(plan.hosts().size() * plan.ports().size()).isEqualTo(probes);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/16,7400-7401", "10.0.0.0/15,7400", "fd00::/64,7400", "0.0.0.0/0,1", "10.0.0.0/23,7400-7600"})
    void shouldRefuseMoreThanARunCanDo(String hosts, String ports) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbePlan.parse(List.of(hosts), List.of(ports)))
                .withMessageContaining("65536");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/x", "10.0.0.9-10.0.0.1", "10.0.0.1-fd00::1", "10.0.0.1-9", "a b", ""})
    void shouldNameTheHostsThatItCannotRead(String hosts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbePlan.parse(List.of(hosts), List.of("7400")))
                .withMessageContaining("\"" + hosts + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "x", "7410-7400", "-5", ""})
    void shouldNameThePortsThatItCannotRead(String ports) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbePlan.parse(List.of("a"), List.of(ports)))
                .withMessageContaining("\"" + ports + "\"");
    }
}
