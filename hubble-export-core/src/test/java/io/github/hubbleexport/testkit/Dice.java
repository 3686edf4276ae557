package io.github.hubbleexport.testkit;

import java.util.List;
import java.util.Random;

/** What generators of events draw. The same seed gives the same draws. */
final class Dice {

    private static final String HEX = "0123456789abcdef";

    /** Kubernetes' letters for the names of pods: none that could make a word. */
    private static final String POD_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double fraction() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long nextLong() {
        return random.nextLong();
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String hex(int letters) {
        return letters(HEX, letters);
    }

    String podHash(int letters) {
        return letters(POD_LETTERS, letters);
    }

    String uuid() {
        return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
    }

    String mac() {
        return hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2);
    }

    String address4() {
        return "172.20." + below(5) + "." + (1 + below(254));
    }

    String address6() {
        return "fd00:10:244:" + (chance(0.5) ? ":" : "1::") + Integer.toHexString(1 + below(0xfffe));
    }

    private String letters(String alphabet, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(below(alphabet.length())));
        }
        return text.toString();
    }
}
