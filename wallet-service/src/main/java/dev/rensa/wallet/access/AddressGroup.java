package dev.rensa.wallet.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Addresses that one client can take as he likes. */
public final class AddressGroup {

    /** An end site has a network of 64 bits at least to itself (RFC 6177), with 2^64 addresses. */
    private static final int SITE_BYTES = 8;

    private AddressGroup() {}

    /** The address itself, or of an IPv6 address its network of 64 bits. What is no numeric address stands for itself. */
    public static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address wide
                    ? HexFormat.of().formatHex(Arrays.copyOf(wide.getAddress(), SITE_BYTES)) + "/64"
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
