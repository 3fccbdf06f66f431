package dev.rensa.network.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Machines of Linux' network namespaces, each with an address of its own, on two switches with one cable between them. A second
 * network that is never cut joins each of them with this process, which asks them over it, and with their name server:
 *
 * <pre>
 *   machine ─┐                       ┌─ machine
 *   machine ─┴ left ──── cable ──── right ┘
 *
 *   every machine ── desk ── this process, name server
 * </pre>
 *
 * <p>All of it but one interface lies in namespaces, so it goes with them, and no firewall of this machine stands between.
 */
final class SwitchedNetwork implements AutoCloseable {

    /** Where a machine is plugged in. */
    enum Side {
        LEFT,
        RIGHT;

        private String bridge() {
            return this == LEFT ? "left" : "right";
        }
    }

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final String OURS = "rensa-";

    /** RFC 2544 keeps 198.18.0.0/15 for such networks. */
    private static final int DESK_NETWORKS = 256;

    private static final int FIRST_MACHINE = 10;

    private final String prefix = OURS + ProcessHandle.current().pid() + "-";
    private final String interfaceHere = "rensa" + ProcessHandle.current().pid();
    private final Thread atExit = new Thread(this::remove, "remove namespaces");
    private final String desk = freeDesk();
    private int machines;

    /** Why there can be no such network here, in a sentence; empty if there can. */
    static Optional<String> hindrance() {
        String probe = OURS + ProcessHandle.current().pid() + "-probe";
        Command.Answer added = Command.ask("ip", "netns", "add", probe);
        if (added.exitCode() != 0) {
            return Optional.of("network namespaces cannot be made here (root on Linux with iproute2 can): "
                    + added.output().strip());
        }
        Command.Answer entered = Command.ask(
                "nsenter", "--net=" + NAMESPACES.resolve(probe), "unshare", "--mount", "ip", "link", "set", "lo", "up");
        Command.run("ip", "netns", "delete", probe);
        return entered.exitCode() == 0
                ? Optional.empty()
                : Optional.of("nothing can be run in a network namespace here: "
                        + entered.output().strip());
    }

    SwitchedNetwork() {
        removeWhatWasLeft();
        Runtime.getRuntime().addShutdownHook(atExit);
        Command.run("ip", "netns", "add", hub());
        Command.ip(
                hub(),
                "link set lo up",
                "link add left type bridge",
                "link add right type bridge",
                "link add desk type bridge",
                "link add cable type veth peer name socket",
                "link set cable master left up",
                "link set socket master right up",
                "link set left up",
                "link set right up",
                "link set desk up",
                "address add " + nameServer() + "/24 dev desk");
        Command.ip(
                "",
                "link add " + interfaceHere + " type veth peer name here netns " + hub(),
                "address add " + desk + "1/24 dev " + interfaceHere,
                "link set " + interfaceHere + " up");
        Command.ip(hub(), "link set here master desk up");
    }

    /** A machine with one address; nothing runs on it yet. */
    Machine machine(String name, Side side, String address) {
        int number = machines++;
        String namespace = prefix + name;
        Command.run("ip", "netns", "add", namespace);
        Command.ip(
                namespace,
                "link set lo up",
                "link add eth0 type veth peer name eth" + number + " netns " + hub(),
                "link add desk type veth peer name desk" + number + " netns " + hub(),
                "address add " + desk + (FIRST_MACHINE + number) + "/24 dev desk",
                "link set desk up");
        Command.ip(
                hub(),
                "link set eth%d master %s up".formatted(number, side.bridge()),
                "link set desk%d master desk up".formatted(number));
        Machine machine = new Machine(namespace, desk + (FIRST_MACHINE + number));
        machine.moveTo(address);
        return machine;
    }

    /** From now on nothing passes between left and right, and nobody is told. */
    void cut() {
        Command.ip(hub(), "link set cable down");
    }

    void heal() {
        Command.ip(hub(), "link set cable up");
    }

    /** Address at which all machines and this process reach whoever listens there in {@link #hub}. */
    String nameServer() {
        return desk + "2";
    }

    /** Namespace of the switches. */
    String hub() {
        return prefix + "hub";
    }

    /** What runs a command in a namespace, with a file of its own in the place of the machine's resolv.conf. */
    static List<String> launcher(String namespace, Path resolvConf) {
        return List.of(
                "nsenter",
                "--net=" + NAMESPACES.resolve(namespace),
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"",
                resolvConf.toString());
    }

    /**
     * A machine.
     *
     * @param deskAddress where this process reaches it
     */
    record Machine(String namespace, String deskAddress) {

        /** Gives it another address, in the place of the one that it has. */
        void moveTo(String address) {
            Command.ip(
                    namespace, "address flush dev eth0", "address add " + address + "/16 dev eth0", "link set eth0 up");
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }

    private void remove() {
        Command.ask("ip", "link", "delete", interfaceHere);
        namespaces()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> Command.ask("ip", "netns", "delete", name));
    }

    /** Namespaces of a run that was killed: they bear the number of a process that is no more. */
    private static void removeWhatWasLeft() {
        namespaces()
                .filter(name -> maker(name).isPresent()
                        && ProcessHandle.of(maker(name).getAsLong()).isEmpty())
                .forEach(name -> Command.ask("ip", "netns", "delete", name));
    }

    private static OptionalLong maker(String namespace) {
        String[] parts = namespace.split("-", 3);
        return parts.length == 3 && namespace.startsWith(OURS) && parts[1].matches("[0-9]{1,9}")
                ? OptionalLong.of(Long.parseLong(parts[1]))
                : OptionalLong.empty();
    }

    private static Stream<String> namespaces() {
        if (!Files.isDirectory(NAMESPACES)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.list(NAMESPACES)) {
            return all.map(path -> path.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A network that no interface here belongs to, as its first three bytes. */
    private static String freeDesk() {
        int first = (int) (ProcessHandle.current().pid() % DESK_NETWORKS);
        return IntStream.range(0, DESK_NETWORKS)
                .mapToObj(i -> "198.18." + (first + i) % DESK_NETWORKS + ".")
                .filter(SwitchedNetwork::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("every network of 198.18.0.0/16 is in use here"));
    }

    private static boolean isFree(String network) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .noneMatch(address -> address.getHostAddress().startsWith(network));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
