package dev.rensa.node.app;

import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names of all settings, as {@link NodeConfig} has them, and what is wrong with names that are none of these: a setting
 * with a mistyped name would otherwise be passed over, and its default hold without a word.
 */
final class SettingNames {

    private static final String PREFIX = "rensa";

    /** Settings of the other services may stand in the same file, and the build tells its tests where its root is. */
    private static final List<String> FOREIGN = List.of("rensa.wallet.", "rensa.explorer.", "rensa.root");

    private static final String VARIABLE_PREFIX = "RENSA_";

    /** A variable is taken for a mistyped one if one letter in so many is wrong; others use the prefix as well. */
    private static final int LETTERS_A_TYPO = 4;

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

    private final Collection<String> known = new TreeSet<>();

    SettingNames(Class<?> mapping) {
        collect(mapping, PREFIX);
    }

    Collection<String> known() {
        return known;
    }

    /** What is wrong with the names of properties. */
    Optional<String> refuseProperties(Iterable<String> names) {
        for (String name : names) {
            String plain = INDEX.matcher(name).replaceAll("");
            if (plain.startsWith(PREFIX + ".")
                    && !known.contains(plain)
                    && FOREIGN.stream().noneMatch(plain::startsWith)) {
                return Optional.of(
                        "The setting " + name + " is not known. Did you mean " + nearest(plain, known) + "?");
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the names of environment variables. */
    Optional<String> refuseVariables(Iterable<String> names) {
        List<String> variables = known.stream().map(SettingNames::variable).toList();
        for (String name : names) {
            if (!name.startsWith(VARIABLE_PREFIX) || variables.contains(name)) {
                continue;
            }
            String nearest = nearest(name, variables);
            int letters = name.length() - VARIABLE_PREFIX.length();
            if (distance(name, nearest) <= letters / LETTERS_A_TYPO) {
                return Optional.of("The environment variable " + name + " sets nothing. Did you mean " + nearest + "?");
            }
        }
        return Optional.empty();
    }

    private void collect(Class<?> group, String prefix) {
        for (Method method : group.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            String name = prefix + "." + name(method);
            if (method.getReturnType().isInterface() && method.getReturnType().getEnclosingClass() != null) {
                collect(method.getReturnType(), name);
            } else {
                known.add(name);
            }
        }
    }

    private static String name(Method method) {
        WithName named = method.getAnnotation(WithName.class);
        return named != null
                ? named.value()
                : method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String nearest(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    /** Levenshtein's distance: how many letters to add, drop or change. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[to.length()];
    }
}
