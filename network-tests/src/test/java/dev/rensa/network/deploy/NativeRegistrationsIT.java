package dev.rensa.network.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a native program cannot find out by itself is registered: held against the code and the libraries as they are, because
 * building one takes GraalVM and many minutes.
 */
class NativeRegistrationsIT {

    /** Names of classes, as C++ hands them to JNI's FindClass: a whole string of its own among the library's constants. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\x00((?:org/rocksdb|fr/acinq|java)/[A-Za-z0-9/$]*[A-Z][A-Za-z0-9/$]*)\\x00");

    /** What opens native code or randomness as soon as its class is touched. */
    private static final Set<String> NOT_WHILE_BUILDING =
            Set.of("java.security.SecureRandom", "fr.acinq.secp256k1.Secp256k1", "org.rocksdb.RocksObject");

    @ParameterizedTest
    @ValueSource(strings = {"librocksdbjni-linux64.so", "librocksdbjni-linux-aarch64.so"})
    void shouldLetRocksDbFindItsClasses(String library) {
        assertThat(registered("node-service", "rensa-node", "jni-config.json"))
                .containsAll(classesNamedIn(jar("node-service", "org.rocksdb.rocksdbjni"), library));
        assertThat(resources("node-service", "rensa-node")).anyMatch(pattern -> library.matches(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void shouldLetSecp256k1FindItsClasses(String machine) {
        String library = "fr/acinq/secp256k1/jni/native/linux-" + machine + "/libsecp256k1-jni.so";

        assertThat(registered("protocol", "rensa-protocol", "jni-config.json"))
                .containsAll(classesNamedIn(jar("wallet-service", "secp256k1-kmp-jni-jvm-linux"), library));
        assertThat(resources("protocol", "rensa-protocol")).anyMatch(pattern -> library.matches(pattern));
    }

    /** The wallet's and the explorer's library brings its own registrations, in the extension that they use it by. */
    @ParameterizedTest
    @ValueSource(strings = {"wallet-service", "explorer-service"})
    void shouldLeaveSqliteToItsExtension(String service) {
        assertThat(jar(service, "quarkus-jdbc-sqlite")).exists();
    }

    @Test
    void shouldLetJsonReadAndWriteTheContract() {
        Set<String> contract = classes("protocol").stream()
                .filter(type -> type.getPackageName().equals("dev.rensa.protocol.api")
                        || type.getName().startsWith("dev.rensa.protocol.genesis.GenesisDocument"))
                .filter(type -> type.isRecord() || type.isEnum())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

        assertThat(contract).contains("dev.rensa.protocol.api.StatusView");
        assertThat(registered("protocol", "rensa-protocol", "reflect-config.json"))
                .containsAll(contract);
    }

    /** The JDK's own DNS client is made by its name. */
    @Test
    void shouldLetTheNodeAskForServiceRecords() throws ClassNotFoundException {
        String factory = "com.sun.jndi.dns.DnsContextFactory";

        assertThat(Class.forName(factory, false, ClassLoader.getPlatformClassLoader())
                        .getName())
                .isEqualTo(factory);
        assertThat(registered("node-service", "rensa-node", "reflect-config.json"))
                .contains(factory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "node-service", "wallet-service", "explorer-service"})
    void shouldTakeItsResourcesAlong(String module) throws IOException {
        Path sources = KubeTools.ROOT.resolve(module + "/src/main/java");
        Pattern loading = Pattern.compile("getResourceAsStream\\(\"([^\"]+)\"\\)");
        Set<String> loaded = new HashSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                loading.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> loaded.add(sources.relativize(file.resolveSibling(found.group(1)))
                                .toString()));
            }
        }

        for (String resource : loaded) {
            assertThat(KubeTools.ROOT.resolve(module + "/src/main/resources").resolve(resource))
                    .exists();
            assertThat(resources(module, artifact(module))).anyMatch(pattern -> resource.matches(pattern));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "node-service", "wallet-service", "explorer-service"})
    void shouldTouchNothingNativeOrRandomWhileItIsBuilt(String module) {
        Set<String> later = new HashSet<>(atRunTime(module));
        later.addAll(atRunTime("protocol"));

        Set<String> touching = new TreeSet<>();
        for (JavaClass type : classes(module)) {
            for (JavaField field : type.getFields()) {
                if (field.getModifiers().contains(JavaModifier.STATIC)
                        && NOT_WHILE_BUILDING.stream().anyMatch(field.getRawType()::isAssignableTo)) {
                    touching.add(type.getName());
                }
            }
        }

        assertThat(later).containsAll(touching);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "wallet", "explorer"})
    void shouldPackANativeProgramAsTheOtherImages(String service) throws IOException {
        List<String> lines = Files.readAllLines(
                KubeTools.ROOT.resolve(service + "-service/src/main/docker/Dockerfile.native-micro"));
        Properties settings = new Properties();
        settings.load(Files.newBufferedReader(
                KubeTools.ROOT.resolve(service + "-service/src/main/resources/application.properties")));

        assertThat(lines)
                .contains("FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0")
                .contains("USER " + settings.getProperty("quarkus.jib.user"))
                .contains("EXPOSE " + settings.getProperty("quarkus.jib.ports").replace(',', ' '));
    }

    private static String artifact(String module) {
        return "rensa-" + module.replace("-service", "");
    }

    private static Path folder(String module, String artifact) {
        return KubeTools.ROOT.resolve(module + "/src/main/resources/META-INF/native-image/dev.rensa/" + artifact);
    }

    private static Set<String> registered(String module, String artifact, String file) {
        return Manifest.elements(Manifest.read(folder(module, artifact).resolve(file)))
                .map(entry -> entry.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> resources(String module, String artifact) {
        Path file = folder(module, artifact).resolve("resource-config.json");
        JsonNode includes = Manifest.read(file).at("/resources/includes");
        return Manifest.elements(includes)
                .map(entry -> entry.path("pattern").asText())
                .collect(Collectors.toSet());
    }

    /** Classes and packages that a module leaves for the program's own start. */
    private static List<String> atRunTime(String module) {
        Path file = folder(module, artifact(module)).resolve("native-image.properties");
        if (!Files.exists(file)) {
            return List.of();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.asList(properties
                .getProperty("Args")
                .replace("--initialize-at-run-time=", "")
                .split(","));
    }

    private static JavaClasses classes(String module) {
        return new ClassFileImporter().importPath(KubeTools.ROOT.resolve(module + "/target/classes"));
    }

    private static Path jar(String module, String name) {
        try (Stream<Path> jars = Files.list(KubeTools.ROOT.resolve(module + "/target/quarkus-app/lib/main"))) {
            return jars.filter(jar -> jar.getFileName().toString().contains(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(module + " has no " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> classesNamedIn(Path jar, String library) {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream bytes = file.getInputStream(file.getEntry(library))) {
            String constants = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
            // Each name is ended by the zero that begins the next one.
            Set<String> names = CLASS_NAME
                    .matcher(constants.replace("\0", "\0\0"))
                    .results()
                    .map(found -> found.group(1).replace('/', '.'))
                    .collect(Collectors.toSet());
            assertThat(names).as("class names in " + library).isNotEmpty();
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
