package dev.rensa.node.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a relative name into the full ones to ask for, as resolv.conf(5) has it: a name with a dot at its end is full; one with
 * at least {@code ndots} dots is asked for as it stands first, any other one in the search domains first.
 *
 * @param domains in order, without dots at their ends; at most 32
 */
record SearchDomains(List<String> domains, int ndots) {

    static final Path SYSTEM_FILE = Path.of("/etc/resolv.conf");

    private static final int MAX_DOMAINS = 32;
    private static final int MAX_NDOTS = 15;
    private static final long MAX_FILE_BYTES = 64 * 1024;

    SearchDomains {
        domains = List.copyOf(domains.subList(0, Math.min(domains.size(), MAX_DOMAINS)));
    }

    /** Reads a resolv.conf; none at all if it cannot be read, as on systems that have no such file. */
    static SearchDomains of(Path file) {
        List<String> domains = List.of();
        int ndots = 1;
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return new SearchDomains(domains, ndots);
            }
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                List<String> words = List.of(line.strip().split("\\s+"));
                List<String> arguments = words.subList(1, words.size());
                switch (words.getFirst()) {
                    case "search", "domain" ->
                        domains = arguments.stream()
                                .map(SearchDomains::withoutDot)
                                .toList();
                    case "options" -> ndots = ndots(arguments, ndots);
                    default -> {
                        // Servers and what else there may be are the resolver's matter.
                    }
                }
            }
        } catch (IOException e) {
            return new SearchDomains(List.of(), 1);
        }
        return new SearchDomains(domains, ndots);
    }

    /** Full names to ask for, one after another until one has an answer. */
    List<String> fullNames(String name) {
        if (name.endsWith(".")) {
            return List.of(withoutDot(name));
        }
        List<String> names = new ArrayList<>();
        domains.forEach(domain -> names.add(name + "." + domain));
        long dots = name.chars().filter(c -> c == '.').count();
        names.add(dots >= ndots ? 0 : names.size(), name);
        return names;
    }

    private static int ndots(List<String> options, int before) {
        int ndots = before;
        for (String option : options) {
            if (option.matches("ndots:\\d{1,3}")) {
                ndots = Math.min(MAX_NDOTS, Integer.parseInt(option.substring("ndots:".length())));
            }
        }
        return ndots;
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
