package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.KubeTools.CHART;
import static dev.rensa.network.deploy.KubeTools.helm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart as Helm sees it. */
class ChartTest {

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldPassHelmsOwnChecks(Scenario scenario) {
        var answer = helm("lint", "--strict", CHART.toString(), "--values", scenario.values());

        assertThat(answer.exitCode()).as(answer.output() + answer.errors()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldRenderObjectsThatKubernetesTakes(Scenario scenario) {
        Set<String> names = new HashSet<>();
        for (Manifest object : scenario.objects()) {
            var parsed = KubernetesModel.parse(object);

            assertThat(parsed.getMetadata().getName()).as(object.toString()).isNotBlank();
            assertThat(names.add(object.toString()))
                    .as("%s is there twice", object)
                    .isTrue();
        }
    }

    @Test
    void shouldNoticeFieldsThatKubernetesDoesNotKnow() {
        Manifest service = new Manifest(
                Scenario.DEFAULT.object("Service", "rensa-peers").tree().deepCopy());
        ((ObjectNode) service.at("/spec/ports/0")).put("targetport", 1);

        assertThatThrownBy(() -> KubernetesModel.parse(service)).hasMessageContaining("targetport");
    }

    @Test
    void shouldRenderWhatIsOffByDefault() {
        List<Manifest> objects = Scenario.DEFAULT.render(
                "--set", "ingress.enabled=true,ingress.hosts.explorer=chain.example.com,ingress.tlsSecret=chain-tls",
                "--set",
                        "httpRoute.enabled=true,httpRoute.hosts.node=node.example.com,httpRoute.parentRefs[0].name=gateway",
                "--set", "networkPolicy.explorerClients[0].namespaceSelector.matchLabels.a=b",
                "--set", "networkPolicy.nodeClients[0].namespaceSelector.matchLabels.a=b",
                "--set-json", "security.runAsUser=null",
                "--set-json", "genesis.document=\"{\\\"name\\\": \\\"ours\\\"}\"");

        objects.forEach(KubernetesModel::parse);
        assertThat(objects).map(Manifest::kind).contains("Ingress", "HTTPRoute");
        Manifest nodes = Scenario.find(objects, "StatefulSet", "rensa-node");
        assertThat(nodes.pod().at("/spec/securityContext").has("runAsUser")).isFalse();
        assertThat(Scenario.find(objects, "ConfigMap", "rensa-genesis")
                        .at("/data/genesis.json")
                        .asText())
                .isEqualToIgnoringWhitespace("{\"name\": \"ours\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            node.replica=3                                     | additional properties 'replica' not allowed
            node.replicas=0                                    | minimum
            node.replicas=many                                 | got string, want integer
            node.mining.mode=sometimes                         | 'continuous', 'on-demand', 'manual'
            node.persistence.size=ten                          | does not match pattern
            node.persistence.retention=Forget                  | 'Retain', 'Delete'
            node.allowedKeys[0]=abc                            | does not match pattern
            node.image.digest=sha256:abc                       | does not match pattern
            node.config.speed=high                             | additional properties 'speed' not allowed
            wallet.config.rensa\\.mining\\.mode=manual         | not allowed
            node.service.type=ExternalName                     | 'ClusterIP', 'NodePort', 'LoadBalancer'
            monitorings.rules.enabled=true                     | additional properties 'monitorings' not allowed
            image.tag=latest                                   | The tag latest of rensa/
            node.image.tag=latest                              | The tag latest of rensa/node names another image tomorrow
            node.config.rensa\\.data-dir=/data                 | rensa.data-dir in node.config is set by the chart
            production=true                                    | give a genesis of your own in genesis.document
            production=true,genesis.existingConfigMap=g        | name it in wallet.masterSecret.existingSecret
            production=true,genesis.existingConfigMap=g,lab.enabled=true | lab.enabled breaks links on purpose
            lab.enabled=true                                   | name it in node.admin.existingSecret
            lab.enabled=true,node.admin.existingSecret=a,explorer.replicas=2,explorer.postgresql.enabled=true,explorer.postgresql.existingSecret=p | explorer.replicas=1 alone
            lab.enabled=true,node.admin.existingSecret=a,networkPolicy.explorerClients[0].ipBlock.cidr=10.0.0.0/8 | name it in explorer.admin.existingSecret
            lab.enabled=true,node.admin.existingSecret=a,networkPolicy.enabled=false,ingress.enabled=true,ingress.hosts.explorer=e.org | name it in explorer.admin.existingSecret
            explorer.config.rensa\\.explorer\\.admin-key=a    | is set by the chart
            genesis.document=a,genesis.existingConfigMap=b     | both set: choose one
            networkPolicy.walletClients[0].ipBlock.cidr=10.0.0.0/8 | name it in wallet.admin.existingSecret
            wallet.config.rensa\\.wallet\\.access\\.admin-key=a   | is set by the chart
            wallet.replicas=2                                  | without PostgreSQL the wallet's database is one SQLite file
            wallet.postgresql.enabled=true,wallet.postgresql.existingSecret=p | must open it with the same master secret
            wallet.postgresql.enabled=true                     | the Secret with the database's password
            explorer.replicas=2                                | without PostgreSQL the explorer's index is one SQLite file
            explorer.postgresql.enabled=true                   | the Secret with the database's password in explorer.postgresql.existingSecret
            ingress.enabled=true                               | no host is named
            ingress.enabled=true,ingress.hosts.wallet=w.org    | networkPolicy.walletClients lets nobody in
            explorer.enabled=false,networkPolicy.enabled=false,ingress.enabled=true,ingress.hosts.explorer=e.org | explorer.enabled is false
            httpRoute.enabled=true,httpRoute.hosts.node=n.org,networkPolicy.enabled=false | httpRoute.parentRefs names no gateway
            httpRoute.enabled=true,httpRoute.hosts.node=n.org,networkPolicy.enabled=false,httpRoute.parentRefs[0].name=g | install the Gateway API
            """)
    void shouldRefuseWithASentence(String values, String sentence) {
        var answer = helm("template", "rensa", CHART.toString(), "--set", values);

        assertThat(answer.exitCode()).isNotZero();
        assertThat(answer.errors()).contains(sentence);
    }

    @Test
    void shouldRefuseClustersThatAreTooOld() {
        var answer = helm("template", "rensa", CHART.toString(), "--kube-version", "1.29.0");

        assertThat(answer.errors()).contains("requires kubeVersion: >=1.30.0-0");
    }

    @Test
    void shouldHaveASchemaForEveryValueAndNoOther() throws IOException {
        Set<String> values = new TreeSet<>();
        collectValues(Manifest.read(CHART.resolve("values.yaml")), "", values);
        Set<String> known = new TreeSet<>();
        JsonNode schema = Manifest.YAML.readTree(Files.readString(CHART.resolve("values.schema.json")));
        collectSchema(schema, "", known);
        // Helm's own.
        known.remove("global");

        assertThat(known).isEqualTo(values);
    }

    @Test
    void shouldBearTheProjectsVersion() throws IOException {
        JsonNode chart = Manifest.read(CHART.resolve("Chart.yaml"));
        String pom = Files.readString(KubeTools.ROOT.resolve("pom.xml"));

        assertThat(pom).contains("<version>" + chart.path("version").asText() + "</version>");
        assertThat(chart.path("appVersion")).isEqualTo(chart.path("version"));
    }

    /** Free-form objects and lists are leaves: their keys are the user's. */
    private static void collectValues(JsonNode value, String path, Set<String> paths) {
        if (!value.isObject() || value.isEmpty() || isFree(path)) {
            paths.add(path);
            return;
        }
        value.properties().forEach(entry -> collectValues(entry.getValue(), join(path, entry.getKey()), paths));
    }

    private static boolean isFree(String path) {
        return path.endsWith(".resources") || path.endsWith(".labels");
    }

    private static void collectSchema(JsonNode schema, String path, Set<String> paths) {
        JsonNode properties = schema.path("properties");
        if (properties.isMissingNode() || isFree(path)) {
            paths.add(path);
            return;
        }
        assertThat(schema.path("additionalProperties").asBoolean(true)).as(path).isFalse();
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> collectSchema(properties.path(name), join(path, name), paths));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
