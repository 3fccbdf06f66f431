package dev.rensa.protocol.genesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.work.CompactTarget;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A genesis as people write it: JSON with addresses instead of keys, targets as eight hexadecimal digits of the compact
 * form, amounts as integers of mon. Every field must be there and no other may be: a typing error must not become a
 * network of its own.
 */
public record GenesisDocument(
        String name,
        String addressPrefix,
        String coinSymbol,
        long timestampMillis,
        String easiestTargetBits,
        String initialTargetBits,
        String retargeting,
        long spacingMillis,
        long halfLifeMillis,
        long subsidy,
        long halvingInterval,
        long checkpointInterval,
        int maxBlockBytes,
        long minimumFee,
        List<AddressAllocation> allocations) {

    /** A first balance: an address and an amount in mon. */
    public record AddressAllocation(String address, long amount) {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * Reads a document.
     *
     * @throws InvalidGenesisException if it is not JSON of this form, or a rule does not hold
     */
    public static Genesis parse(String json) {
        try {
            return JSON.readValue(json, GenesisDocument.class).toGenesis();
        } catch (JsonProcessingException e) {
            throw new InvalidGenesisException("the genesis is not a valid document: " + e.getOriginalMessage());
        }
    }

    /** The document of a genesis; {@link #parse} of its {@link #toJson} gives the same genesis again. */
    public static GenesisDocument of(Genesis genesis) {
        return new GenesisDocument(
                genesis.name(),
                genesis.addressPrefix(),
                genesis.coinSymbol(),
                genesis.timestampMillis(),
                genesis.easiestTarget().toHex(),
                genesis.initialTarget().toHex(),
                genesis.retargeting().name().toLowerCase(Locale.ROOT),
                genesis.spacingMillis(),
                genesis.halfLifeMillis(),
                genesis.subsidy().mon(),
                genesis.halvingInterval(),
                genesis.checkpointInterval(),
                genesis.maxBlockBytes(),
                genesis.minimumFee().mon(),
                genesis.allocations().stream()
                        .map(allocation -> new AddressAllocation(
                                new Address(genesis.addressPrefix(), allocation.account()).toString(),
                                allocation.amount().mon()))
                        .toList());
    }

    /** Indented JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers can always be written", e);
        }
    }

    /**
     * The rules this document states.
     *
     * @throws InvalidGenesisException if one does not hold
     */
    public Genesis toGenesis() {
        try {
            return new Genesis(
                    name,
                    addressPrefix,
                    coinSymbol,
                    timestampMillis,
                    CompactTarget.fromHex(easiestTargetBits),
                    CompactTarget.fromHex(initialTargetBits),
                    Retargeting.valueOf(retargeting.toUpperCase(Locale.ROOT)),
                    spacingMillis,
                    halfLifeMillis,
                    Amount.ofMon(subsidy),
                    halvingInterval,
                    checkpointInterval,
                    maxBlockBytes,
                    Amount.ofMon(minimumFee),
                    allocations.stream().map(this::toAllocation).toList());
        } catch (InvalidGenesisException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException | InvalidAddressException e) {
            throw new InvalidGenesisException("the genesis is not valid: " + e.getMessage());
        }
    }

    private Allocation toAllocation(@Nullable AddressAllocation allocation) {
        if (allocation == null) {
            throw new InvalidGenesisException("the genesis is not valid: an allocation is null");
        }
        return new Allocation(
                Address.parse(allocation.address(), addressPrefix).key(), Amount.ofMon(allocation.amount()));
    }
}
