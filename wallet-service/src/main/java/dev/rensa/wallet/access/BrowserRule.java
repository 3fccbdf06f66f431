package dev.rensa.wallet.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages from using the wallet through the browser of somebody who may. A page of another origin is known by its
 * Origin header (cross-site request forgery); one that made its own name point to this machine, by a Host header that is
 * none of this machine's names (DNS rebinding). The second concerns reading too: such a page would see the answers.
 *
 * @param allowedHosts names beside this machine's own under which clients of this machine may call, in lower case
 */
public record BrowserRule(Set<String> allowedHosts) {

    /**
     * Judges where a request comes from.
     *
     * @param reads whether it only reads
     * @param host the Host header
     * @param local whether it comes over this machine's loopback
     * @return why it is refused, if it is
     */
    public Optional<String> judge(boolean reads, String host, Optional<String> origin, boolean local) {
        if (!reads && origin.isPresent() && !isOf(origin.get(), host)) {
            return Optional.of(
                    "this call comes from a web page of another origin than this wallet's own: call the wallet"
                            + " itself, without an Origin header");
        }
        String name = nameOf(host);
        if (local && !Loopback.isLoopbackName(name) && !allowedHosts.contains(name)) {
            return Optional.of(
                    "this call comes from this machine, but under a name (Host) that is not this machine's: use"
                            + " localhost, or add the name to rensa.wallet.access.allowed-hosts");
        }
        return Optional.empty();
    }

    private static boolean isOf(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** The host without its port; an IPv6 address keeps its brackets. */
    private static String nameOf(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
