package io.github.hubbleexport.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the known words that somebody who mistyped one probably meant. */
public final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /**
     * The known words nearest to a word: at most three, the nearest first, none that is far from it.
     *
     * @param word what was written
     * @param known what could have been written
     * @return the candidates; empty when nothing is near
     */
    public static List<String> to(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        int limit = 1 + lower.length() / 3;
        record Candidate(String word, int distance) {}
        return known.stream()
                .map(candidate -> new Candidate(candidate, distance(lower, candidate.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= limit)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .limit(MOST)
                .map(Candidate::word)
                .collect(Collectors.toList());
    }

    /**
     * A sentence for the end of a reason: {@code "; did you mean source_pod?"}, or nothing when no word is near.
     *
     * @param word what was written
     * @param known what could have been written
     * @return the sentence, or an empty text
     */
    public static String hint(String word, Collection<String> known) {
        List<String> nearest = to(word, known);
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    }

    /** The edit distance; that one word begins the other counts as near, for it was perhaps cut short. */
    private static int distance(String a, String b) {
        if (!a.isEmpty() && b.startsWith(a)) {
            return 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
