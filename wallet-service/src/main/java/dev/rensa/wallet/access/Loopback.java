package dev.rensa.wallet.access;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What counts as this machine. */
public final class Loopback {

    private static final Pattern NAME =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /**
     * Whether an address is this machine's loopback. Only a number can be: no name is resolved, and the empty text, which
     * the JDK takes for loopback, is an address that is not known.
     *
     * @param address a numeric address, or null when the caller's is not known
     */
    public static boolean isLoopback(@Nullable String address) {
        try {
            return address != null
                    && !address.isEmpty()
                    && InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a name in a URL means this machine for everybody; never resolved, for a page may own the name. */
    static boolean isLoopbackName(String name) {
        return NAME.matcher(name).matches();
    }
}
