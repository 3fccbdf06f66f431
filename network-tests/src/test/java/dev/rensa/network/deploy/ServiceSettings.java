package dev.rensa.network.deploy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The names of a service's settings, read from the class files of its configuration mapping. */
final class ServiceSettings {

    private static final String WITH_NAME = "io.smallrye.config.WithName";

    private static final Map<String, ServiceSettings> READ = new ConcurrentHashMap<>();

    private final Set<String> names = new TreeSet<>();

    /**
     * Those of a service.
     *
     * @param service {@code node}, {@code wallet} or {@code explorer}
     */
    static ServiceSettings of(String service) {
        return READ.computeIfAbsent(service, ServiceSettings::new);
    }

    private ServiceSettings(String service) {
        Path module = KubeTools.ROOT.resolve(service + "-service");
        String mapping = service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1) + "Config";
        // The mapping and its groups alone: to follow all that a service refers to would take seconds.
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(location -> location.contains("/" + mapping))
                .importPath(module.resolve("target/classes/dev/rensa/" + service + "/app"));
        JavaClass root = classes.get("dev.rensa." + service + ".app." + mapping);
        collect(root, service.equals("node") ? "rensa" : "rensa." + service);
        // Of the framework's settings, those that the service itself uses.
        Properties own = new Properties();
        try (Reader reader = Files.newBufferedReader(module.resolve("src/main/resources/application.properties"))) {
            own.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.addAll(own.stringPropertyNames());
        // Both ask for it where they choose a network.
        names.add("rensa.production");
    }

    boolean has(String setting) {
        return names.contains(setting);
    }

    /** Whether an environment variable sets one of them. */
    boolean hasVariable(String variable) {
        return names.stream()
                .anyMatch(name -> name.replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT)
                        .equals(variable));
    }

    @Override
    public String toString() {
        return names.toString();
    }

    private void collect(JavaClass group, String prefix) {
        for (JavaMethod method : group.getMethods()) {
            if (method.getModifiers().contains(JavaModifier.STATIC)) {
                continue;
            }
            String name = prefix + "." + name(method);
            JavaClass type = method.getRawReturnType();
            if (type.isInterface() && type.getEnclosingClass().isPresent()) {
                collect(type, name);
            } else {
                names.add(name);
            }
        }
    }

    private static String name(JavaMethod method) {
        return method.tryGetAnnotationOfType(WITH_NAME)
                .map(annotation -> String.valueOf(annotation.get("value").orElseThrow()))
                .orElseGet(() -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }
}
