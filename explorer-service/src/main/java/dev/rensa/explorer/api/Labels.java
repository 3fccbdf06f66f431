package dev.rensa.explorer.api;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operator's names for addresses. */
public final class Labels {

    private final Map<String, String> byLabel;
    private final Map<String, String> byAddress = new HashMap<>();

    /** Names with the address of each. */
    public Labels(Map<String, String> addressByLabel) {
        this.byLabel = Map.copyOf(addressByLabel);
        addressByLabel.forEach((label, address) -> byAddress.put(address.toLowerCase(Locale.ROOT), label));
    }

    /** The name of an address, null if it has none. */
    @Nullable
    String of(String address) {
        return byAddress.get(address);
    }

    /** Names in which a text occurs, in whatever case, with their addresses. */
    List<Map.Entry<String, String>> find(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return byLabel.entrySet().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }
}
