package dev.rensa.wallet.webhook;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which hosts the wallet may call. It stands inside of networks that an administrator of its API may not be allowed into, so
 * the operator names them: a host as it stands in the URL, {@code *.} and a domain for all below it, or {@code *} for any.
 */
public final class HostRule {

    private static final String ANY = "*";
    private static final String BELOW = "*.";

    private final Set<String> allowed;

    public HostRule(Set<String> allowed) {
        this.allowed =
                allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a URL's host may be called. */
    public boolean allows(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        return allowed.contains(ANY)
                || allowed.contains(host)
                || allowed.stream()
                        .anyMatch(each -> each.startsWith(BELOW) && host.endsWith(each.substring(BELOW.length() - 1)));
    }
}
