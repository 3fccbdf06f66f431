package dev.rensa.node.peer;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who gives way when all places for those who dial this node are taken and another comes. A newcomer gets a place only if
 * that spreads the places over more networks: somebody with many addresses in few networks cannot fill them, nor drive out
 * anybody by coming again and again. The quarter that is connected longest and the quarter that answers quickest never give
 * way: both are hard to earn for one who wants to surround a node.
 */
final class InboundPlaces {

    private static final int PROTECTED_PART = 4;

    /** Links that the fullest group must have more than the newcomer's, or nothing would be won. */
    private static final int MIN_DIFFERENCE = 2;

    /**
     * One place that is taken.
     *
     * @param group {@link AddressGroups#of} where it comes from
     * @param latencyMillis infinite before the first answer
     */
    record Place<T>(T link, String group, long ageMillis, double latencyMillis) {}

    private InboundPlaces() {}

    /** Whom to disconnect for a newcomer of the given group; empty: the newcomer is refused. */
    static <T> Optional<T> givesWay(List<Place<T>> taken, String newcomer) {
        Map<String, Long> sizes = taken.stream().collect(Collectors.groupingBy(Place::group, Collectors.counting()));
        long own = sizes.getOrDefault(newcomer, 0L);
        Set<Place<T>> kept = protectedAmong(taken);
        Comparator<Place<T>> fullestThenYoungest = Comparator.<Place<T>>comparingLong(
                        place -> -sizes.getOrDefault(place.group(), 0L))
                .thenComparing(Place::group)
                .thenComparingLong(Place::ageMillis);
        return taken.stream()
                .filter(place -> !kept.contains(place))
                .filter(place -> sizes.getOrDefault(place.group(), 0L) >= own + MIN_DIFFERENCE)
                .min(fullestThenYoungest)
                .map(Place::link);
    }

    private static <T> Set<Place<T>> protectedAmong(List<Place<T>> taken) {
        int each = taken.size() / PROTECTED_PART;
        Set<Place<T>> kept = new HashSet<>();
        taken.stream()
                .sorted(Comparator.<Place<T>>comparingLong(Place::ageMillis).reversed())
                .limit(each)
                .forEach(kept::add);
        taken.stream()
                .filter(place -> !kept.contains(place))
                .filter(place -> Double.isFinite(place.latencyMillis()))
                .sorted(Comparator.comparingDouble(Place::latencyMillis))
                .limit(each)
                .forEach(kept::add);
        return kept;
    }
}
