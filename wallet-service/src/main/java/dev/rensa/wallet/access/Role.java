package dev.rensa.wallet.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. */
public enum Role {
    /** Sees wallets, balances and transfers. */
    READER,
    /** Moves money within the wallets' policies, and whatever a reader may. */
    SPENDER,
    /** Approves or refuses transfers that somebody else asked for, and whatever a reader may. */
    APPROVER,
    /** Makes wallets, policies and keys, locks and unlocks, and whatever all others may. */
    ADMIN;

    /** The name in the API, in the database and in a token's claim. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that code, if it is one. */
    public static Optional<Role> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** The roles that this one includes, itself among them. */
    public Set<Role> included() {
        return switch (this) {
            case READER -> EnumSet.of(READER);
            case SPENDER -> EnumSet.of(READER, SPENDER);
            case APPROVER -> EnumSet.of(READER, APPROVER);
            case ADMIN -> EnumSet.allOf(Role.class);
        };
    }

    /** The codes of the roles that are included. */
    public Set<String> includedCodes() {
        return included().stream().map(Role::code).collect(Collectors.toUnmodifiableSet());
    }
}
