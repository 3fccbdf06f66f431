package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static dev.rensa.network.deploy.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod, service and policy of the chart keeps to, in every scenario. */
class ChartHabitsTest {

    private static final Set<String> SELECTOR =
            Set.of("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component");

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldRunWithTheLeastRights(Scenario scenario) {
        for (Manifest object : withPods(scenario)) {
            JsonNode spec = object.pod().path("spec");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .as("%s", object)
                    .isFalse();
            assertThat(spec.path("enableServiceLinks").asBoolean(true))
                    .as("%s", object)
                    .isFalse();
            JsonNode security = spec.path("securityContext");
            assertThat(security.path("runAsNonRoot").asBoolean())
                    .as("%s", object)
                    .isTrue();
            assertThat(security.path("runAsUser").asInt()).as("%s", object).isPositive();
            assertThat(security.path("fsGroup").asInt()).as("%s", object).isPositive();
            assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(spec.has("initContainers")).as("%s", object).isFalse();
            for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertThat(spec.has(shared)).as("%s", object).isFalse();
            }
            object.containers().forEach(container -> {
                JsonNode own = container.path("securityContext");
                assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").isMissingNode())
                        .isFalse();
                assertThat(container.at("/resources/requests/cpu").isMissingNode())
                        .isFalse();
                assertThat(mounts(container)).containsEntry("/tmp", "tmp");
            });
            assertThat(elements(spec.path("volumes"))
                            .filter(volume -> volume.path("name").asText().equals("tmp")))
                    .allMatch(volume -> volume.has("emptyDir"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldMountNothingButItsVolumes(Scenario scenario) {
        for (Manifest object : withPods(scenario)) {
            Set<String> volumes = elements(object.pod().at("/spec/volumes"))
                    .map(volume -> volume.path("name").asText())
                    .collect(Collectors.toSet());
            elements(object.at("/spec/volumeClaimTemplates"))
                    .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));

            assertThat(object.containers().flatMap(container -> mounts(container).values().stream()))
                    .as("%s", object)
                    .containsExactlyInAnyOrderElementsOf(volumes);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldProbeThreeThingsOnTheManagementPort(Scenario scenario) {
        for (Manifest object : workloads(scenario)) {
            JsonNode container = object.containers().findFirst().orElseThrow();
            assertThat(texts(container.at("/startupProbe/httpGet")))
                    .isEqualTo(Map.of("path", "/q/health/started", "port", "management"));
            assertThat(texts(container.at("/readinessProbe/httpGet")))
                    .isEqualTo(Map.of("path", "/q/health/ready", "port", "management"));
            assertThat(texts(container.at("/livenessProbe/httpGet")))
                    .isEqualTo(Map.of("path", "/q/health/live", "port", "management"));
            int patience = container.at("/startupProbe/periodSeconds").asInt()
                    * container.at("/startupProbe/failureThreshold").asInt();
            assertThat(patience).as("%s, seconds to start in", object).isGreaterThanOrEqualTo(180);

            int drain = container.at("/lifecycle/preStop/sleep/seconds").asInt();
            assertThat(drain).isPositive();
            // A node ends within ten seconds of SIGTERM.
            assertThat(object.pod().at("/spec/terminationGracePeriodSeconds").asInt())
                    .isGreaterThanOrEqualTo(drain + 15);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldSelectByWhatNeverChanges(Scenario scenario) {
        for (Manifest object : workloads(scenario)) {
            Map<String, String> selector = texts(object.at("/spec/selector/matchLabels"));
            assertThat(selector.keySet()).as("%s", object).isEqualTo(SELECTOR);
            assertThat(texts(object.pod().at("/metadata/labels"))).containsAllEntriesOf(selector);
        }
        for (Manifest service : ofKind(scenario, "Service")) {
            Map<String, String> selector = texts(service.at("/spec/selector"));
            assertThat(selector.keySet()).as("%s", service).isEqualTo(SELECTOR);
            Manifest workload = selected(scenario, selector);
            Set<String> ports = portNames(workload);
            elements(service.at("/spec/ports")).forEach(port -> {
                assertThat(ports).contains(port.path("targetPort").asText());
                assertThat(port.path("appProtocol").asText()).isNotEmpty();
            });
        }
        for (Manifest claim : elements(nodes(scenario).at("/spec/volumeClaimTemplates"))
                .map(Manifest::new)
                .toList()) {
            assertThat(claim.kind()).isEqualTo("PersistentVolumeClaim");
            assertThat(claim.tree().path("apiVersion").asText()).isEqualTo("v1");
            assertThat(texts(claim.at("/metadata/labels")).keySet()).isEqualTo(SELECTOR);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldLetNodesFindEachOtherBeforeTheyAreReady(Scenario scenario) {
        Manifest peers = scenario.object("Service", "rensa-peers");
        assertThat(peers.at("/spec/clusterIP").asText()).isEqualTo("None");
        assertThat(peers.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(scenario.object("Service", "rensa-node").at("/spec").has("publishNotReadyAddresses"))
                .isFalse();

        Manifest nodes = nodes(scenario);
        assertThat(nodes.at("/spec/serviceName").asText()).isEqualTo("rensa-peers");
        assertThat(nodes.at("/spec/podManagementPolicy").asText()).isEqualTo("Parallel");
        assertThat(nodes.at("/spec/persistentVolumeClaimRetentionPolicy/whenDeleted")
                        .asText())
                .isEqualTo("Retain");
        assertThat(nodes.at("/spec/persistentVolumeClaimRetentionPolicy/whenScaled")
                        .asText())
                .isEqualTo("Retain");
        // A port's name in the service is the name that SRV records bear.
        assertThat(scenario.object("ConfigMap", "rensa-node").settings())
                .containsEntry("rensa.discovery.dns.names", "_peer._tcp.rensa-peers");
        assertThat(elements(peers.at("/spec/ports"))
                        .map(port -> port.path("name").asText()))
                .contains("peer");
    }

    @Test
    void shouldLetWalletAndExplorerFindEveryNodeByName() {
        for (String service : List.of("wallet", "explorer")) {
            assertThat(Scenario.DEFAULT.object("ConfigMap", "rensa-" + service).settings())
                    .containsEntry("rensa." + service + ".dns-names", "rensa-peers:8080");
            // A name of a headless service gives the pods themselves, so theirs is the port that a policy must let
            // through.
            JsonNode first =
                    Scenario.DEFAULT.object("NetworkPolicy", "rensa-" + service).at("/spec/egress/0");
            assertThat(first.at("/ports/0/port").asInt()).isEqualTo(8080);
            assertThat(texts(first.at("/to/0/podSelector/matchLabels")))
                    .isEqualTo(texts(nodes(Scenario.DEFAULT).at("/spec/selector/matchLabels")));
        }
    }

    @Test
    void shouldRestartNobodyWhenItIsScaled() {
        var three = Scenario.DEFAULT.render("--set", "node.replicas=3,tests.enabled=false");
        var seven = Scenario.DEFAULT.render("--set", "node.replicas=7,tests.enabled=false");

        for (Manifest object : three.stream().filter(Manifest::hasPods).toList()) {
            assertThat(Scenario.find(seven, object.kind(), object.name()).pod())
                    .as("%s", object)
                    .isEqualTo(object.pod());
        }
    }

    @Test
    void shouldRestartPodsWhenTheirSettingsChange() {
        var changed = Scenario.DEFAULT.render(
                "--set",
                "node.mining.mode=manual,wallet.config.rensa\\.wallet\\.confirmations=2,explorer.config.rensa\\.explorer\\.poll-interval=2s");

        for (Manifest object : workloads(Scenario.DEFAULT)) {
            assertThat(Scenario.find(changed, object.kind(), object.name())
                            .pod()
                            .at("/metadata/annotations"))
                    .as("%s", object)
                    .isNotEqualTo(object.pod().at("/metadata/annotations"));
        }
    }

    @Test
    void shouldGuardSeveralNodesAgainstDrainsAndNotPinASingleOne() {
        Manifest budget = Scenario.DEFAULT.object("PodDisruptionBudget", "rensa-node");

        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        assertThat(ofKind(Scenario.MINIMAL, "PodDisruptionBudget")).isEmpty();
        assertThat(ofKind(Scenario.DEFAULT, "PodDisruptionBudget")).hasSize(1);
    }

    @Test
    void shouldCloseEverythingButWhatIsNeeded() {
        for (Manifest object : withPods(Scenario.PERMISSIONED)) {
            Map<String, String> labels = texts(object.pod().at("/metadata/labels"));
            Manifest policy = ofKind(Scenario.PERMISSIONED, "NetworkPolicy").stream()
                    .filter(it -> labels.entrySet()
                            .containsAll(texts(it.at("/spec/podSelector/matchLabels"))
                                    .entrySet()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(object + " is open"));
            assertThat(elements(policy.at("/spec/policyTypes")).map(JsonNode::asText))
                    .containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(elements(policy.at("/spec/egress"))
                            .flatMap(rule -> elements(rule.path("ports")))
                            .map(port -> port.path("port").asText()
                                    + port.path("protocol").asText()))
                    .as("names are asked by UDP and TCP")
                    .contains("53UDP", "53TCP");
        }

        JsonNode peers = Scenario.DEFAULT.object("NetworkPolicy", "rensa-node").at("/spec/ingress/0");
        assertThat(peers.at("/ports/0/port").asText()).isEqualTo("peer");
        assertThat(elements(peers.path("from"))
                        .map(from -> from.at("/podSelector/matchLabels/app.kubernetes.io~1component")
                                .asText()))
                .containsExactly("node");
    }

    @Test
    void shouldNameSecretsAndMakeNone() {
        for (Scenario scenario : Scenario.all().toList()) {
            assertThat(ofKind(scenario, "Secret")).isEmpty();
        }
        JsonNode node = nodes(Scenario.PERMISSIONED).containers().findFirst().orElseThrow();
        assertThat(elements(node.path("env"))
                        .filter(variable -> variable.path("name").asText().equals("RENSA_ADMIN_KEY"))
                        .map(variable ->
                                variable.at("/valueFrom/secretKeyRef/name").asText()))
                .containsExactly("rensa-admin");
        assertThat(mounts(node)).containsEntry("/etc/rensa/tls", "tls");
    }

    @Test
    void shouldTestOnlyAWalletThatServesOtherPods() {
        assertThat(withPods(Scenario.DEFAULT)).map(Manifest::kind).doesNotContain("Pod");

        Manifest test = Scenario.PERMISSIONED.object("Pod", "rensa-test");
        assertThat(test.at("/metadata/annotations/helm.sh~1hook").asText()).isEqualTo("test");
        assertThat(test.containers().flatMap(container -> elements(container.path("env"))))
                .filteredOn(variable -> variable.path("name").asText().equals("API_KEY"))
                .map(variable -> variable.at("/valueFrom/secretKeyRef/name").asText())
                .containsExactly("rensa-wallet-admin");
        JsonNode clients =
                Scenario.PERMISSIONED.object("NetworkPolicy", "rensa-wallet").at("/spec/ingress/0/from/0");
        assertThat(texts(test.at("/metadata/labels")))
                .containsAllEntriesOf(texts(clients.at("/podSelector/matchLabels")));
    }

    @ParameterizedTest
    @CsvSource({"wallet, 3", "explorer, 2"})
    void shouldLetSeveralShareADatabase(String component, int replicas) {
        Manifest several = Scenario.PRODUCTION.object("Deployment", "rensa-" + component);

        assertThat(several.at("/spec/replicas").asInt()).isEqualTo(replicas);
        assertThat(several.at("/spec/strategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(several.pod().at("/spec/topologySpreadConstraints")).hasSize(1);
        assertThat(elements(several.pod().at("/spec/volumes")))
                .noneMatch(volume -> volume.has("persistentVolumeClaim"));
        assertThat(elements(several.containers().findFirst().orElseThrow().path("env"))
                        .filter(it -> it.path("name").asText().endsWith("_POSTGRESQL_PASSWORD")))
                .singleElement()
                .satisfies(
                        it -> assertThat(it.at("/valueFrom/secretKeyRef/name").asText())
                                .isEqualTo("rensa-" + component + "-database"));
        assertThat(Scenario.PRODUCTION.object("ConfigMap", "rensa-" + component).settings())
                .containsEntry("rensa." + component + ".postgresql.enabled", "true")
                .doesNotContainKey("rensa." + component + ".postgresql.password");
        assertThat(elements(Scenario.PRODUCTION
                                .object("NetworkPolicy", "rensa-" + component)
                                .at("/spec/egress"))
                        .flatMap(rule -> elements(rule.path("ports")))
                        .map(port -> port.path("port").asInt()))
                .contains(5432);
        Scenario.PRODUCTION.object("PodDisruptionBudget", "rensa-" + component);

        assertThat(ofKind(Scenario.PRODUCTION, "PersistentVolumeClaim")).isEmpty();
        assertThat(Scenario.DEFAULT
                        .object("Deployment", "rensa-" + component)
                        .at("/spec/strategy/type")
                        .asText())
                .isEqualTo("Recreate");
    }

    @Test
    void shouldSpreadNodesWithoutInsisting() {
        JsonNode spread = nodes(Scenario.DEFAULT).pod().at("/spec/topologySpreadConstraints/0");

        assertThat(spread.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
        assertThat(spread.path("whenUnsatisfiable").asText()).isEqualTo("ScheduleAnyway");
    }

    private static List<Manifest> withPods(Scenario scenario) {
        return scenario.objects().stream().filter(Manifest::hasPods).toList();
    }

    private static List<Manifest> workloads(Scenario scenario) {
        return withPods(scenario).stream()
                .filter(object -> !object.kind().equals("Pod"))
                .toList();
    }

    private static List<Manifest> ofKind(Scenario scenario, String kind) {
        return scenario.objects().stream()
                .filter(object -> object.kind().equals(kind))
                .toList();
    }

    private static Manifest nodes(Scenario scenario) {
        return scenario.object("StatefulSet", "rensa-node");
    }

    private static Manifest selected(Scenario scenario, Map<String, String> selector) {
        List<Manifest> found = workloads(scenario).stream()
                .filter(object -> texts(object.at("/spec/selector/matchLabels")).equals(selector))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Set<String> portNames(Manifest workload) {
        return workload.containers()
                .flatMap(container -> elements(container.path("ports")))
                .map(port -> port.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Map<String, String> mounts(JsonNode container) {
        Map<String, String> mounts = new HashMap<>();
        elements(container.path("volumeMounts"))
                .forEach(mount -> mounts.put(
                        mount.path("mountPath").asText(), mount.path("name").asText()));
        return mounts;
    }
}
