package io.github.hubbleexport.filter;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses keys under which tests are looked up. A test has alternatives; whichever is chosen, an event that passes the
 * test shows one of its keys. The best one is that whose keys the fewest other tests have.
 */
final class RarestKeys {

    private final Map<String, Integer> counts = new HashMap<>();

    /** Counts the keys of one test. */
    void count(Collection<? extends Collection<String>> alternatives) {
        alternatives.stream().flatMap(Collection::stream).distinct().forEach(key -> counts.merge(key, 1, Integer::sum));
    }

    /** The alternative of a test that was counted whose most frequent key is rarest, or null if it has none. */
    @Nullable
    <K extends Collection<String>> K best(List<K> alternatives) {
        K best = null;
        int fewest = Integer.MAX_VALUE;
        for (K keys : alternatives) {
            int most = most(keys);
            if (most < fewest) {
                best = keys;
                fewest = most;
            }
        }
        return best;
    }

    /** How many tests have the most frequent of these keys. */
    int most(Collection<String> keys) {
        return keys.stream().mapToInt(key -> counts.getOrDefault(key, 0)).max().orElse(0);
    }
}
