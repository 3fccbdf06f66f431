package dev.rensa.node.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the targets under Jazzer, one after another, each in a process of its own: {@code FuzzRun DIRECTORY [TARGET]
 * [--minutes N]}. Needs Jazzer on the class path (Maven profile {@code fuzz}). Ends with status 1 if there was a finding.
 */
final class FuzzRun {
    private static final int DEFAULT_MINUTES = 10;

    /** Inputs beyond it only repeat what shorter ones find. */
    private static final int MAX_INPUT_BYTES = 16_384;

    private FuzzRun() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> left = new ArrayList<>(List.of(arguments));
        Path directory = Path.of(left.removeFirst());
        int minutes = DEFAULT_MINUTES;
        int option = left.indexOf("--minutes");
        if (option >= 0) {
            minutes = minutes(left, option);
        }
        List<FuzzTarget> targets = left.isEmpty() ? List.of(FuzzTarget.values()) : List.of(target(left));
        boolean clean = true;
        for (FuzzTarget target : targets) {
            clean &= run(target, directory.resolve(target.label()), minutes);
        }
        System.exit(clean ? 0 : 1);
    }

    private static int minutes(List<String> left, int option) {
        try {
            int minutes = Integer.parseInt(left.get(option + 1));
            left.subList(option, option + 2).clear();
            if (minutes > 0) {
                return minutes;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // Told below.
        }
        throw misused("--minutes takes a number of minutes, at least 1.");
    }

    private static FuzzTarget target(List<String> left) {
        return Arrays.stream(FuzzTarget.values())
                .filter(target -> left.equals(List.of(target.label())))
                .findFirst()
                .orElseThrow(() -> misused("There is no fuzz target '" + String.join(" ", left) + "'. There are: "
                        + Arrays.stream(FuzzTarget.values())
                                .map(FuzzTarget::label)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static RuntimeException misused(String sentence) {
        System.err.println(sentence);
        System.exit(2);
        return new IllegalArgumentException(sentence);
    }

    /** Returns whether nothing was found. The corpus stays, so that the next run goes on from it. */
    private static boolean run(FuzzTarget target, Path directory, int minutes)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Path findings = Files.createDirectories(directory.resolve("findings"));
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(KeptInputs.of(target));
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), inputs.get(i));
        }
        System.out.println("Fuzzing " + target.label() + " for " + minutes + " min …");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx1g",
                        "-cp",
                        classPath(),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=dev.rensa.**",
                        "--custom_hook_includes=dev.rensa.**",
                        "--reproducer_path=" + findings,
                        "-artifact_prefix=" + findings + "/",
                        "-max_total_time=" + 60 * minutes,
                        "-max_len=" + MAX_INPUT_BYTES,
                        "-print_final_stats=1",
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        boolean clean = process.waitFor() == 0;
        try (Stream<String> log = Files.lines(directory.resolve("log"))) {
            log.filter(line -> line.startsWith("==") || line.startsWith("stat::number_of_executed_units"))
                    .forEach(System.out::println);
        }
        System.out.println(
                clean
                        ? "  without a finding"
                        : "  A FINDING: see " + directory.resolve("log") + " and " + findings
                                + "; keep its input in src/test/resources/fuzz/" + target.label());
        return clean;
    }

    /** Ours without JUnit's launcher: where Jazzer finds that, it looks for JUnit's tests first, and Quarkus' with them. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit-platform-"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
