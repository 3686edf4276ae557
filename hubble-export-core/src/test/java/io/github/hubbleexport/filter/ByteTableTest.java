package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table finds what a search through all texts finds, and how long it searches does not depend on how many. */
class ByteTableTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 8, 9, 30, 1000})
    void findsWhatASearchThroughAllFinds(int count) {
        Random random = new Random(count);
        Set<String> texts = new TreeSet<>();
        while (texts.size() < count) {
            texts.add(text(random));
        }
        byte[][] sorted = SortedBytes.of(texts);
        ByteTable table = ByteTable.of(sorted);
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            String asked = text(random);
            @Nullable
            String longest = texts.stream()
                    .filter(asked::startsWith)
                    .reduce((one, other) -> one.length() > other.length() ? one : other)
                    .orElse(null);
            byte[] bytes = ("<<" + asked + ">>>>>>>>").getBytes(UTF_8);
            assertThat(text(sorted, table.find(bytes, 2, asked.length())))
                    .as("%s among %s", asked, texts)
                    .isEqualTo(texts.contains(asked) ? asked : null);
            assertThat(text(sorted, table.longestBeginning(bytes, 2, asked.length())))
                    .as("beginning of %s among %s", asked, texts)
                    .isEqualTo(longest);
            found += longest == null ? 0 : 1;
        }
        assertThat(found > 0).isEqualTo(count > 0);
    }

    private static @Nullable String text(byte[][] sorted, int index) {
        return index == ByteTable.NONE ? null : new String(sorted[index], UTF_8);
    }

    /** Few letters, so that texts meet and begin each other; now and then longer than a word of lengths. */
    private static String text(Random random) {
        String end = random.nextInt(8) == 0 ? "x".repeat(62 + random.nextInt(5)) : "";
        return random.ints(random.nextInt(8), 0, 4)
                        .mapToObj(i -> "abc>".substring(i, i + 1))
                        .collect(Collectors.joining())
                + end;
    }

    @Test
    void theLongestSearchDoesNotGrowWithTheNumberOfTexts() {
        for (int count : List.of(10_000, 100_000)) {
            byte[][] texts = SortedBytes.of(
                    IntStream.range(0, count).mapToObj(i -> "shop-" + i).toList());
            ByteTable table = ByteTable.of(texts);
            assertThat(table.longestSearch()).isLessThanOrEqualTo(48);
            assertThat(table.size()).isLessThanOrEqualTo(4 * count);
        }
    }

    @Test
    void anEmptyTextBeginsAll() {
        ByteTable table = ByteTable.of(SortedBytes.of(List.of("", "b", "bc", "bcd")));
        byte[] asked = "bcx".getBytes(UTF_8);
        assertThat(table.longestBeginning(asked, 0, 3)).isEqualTo(2);
        assertThat(table.longestBeginning(asked, 0, 1)).isEqualTo(1);
        assertThat(table.longestBeginning(asked, 1, 2)).isZero();
        assertThat(table.longestBeginning(asked, 0, 0)).isZero();
    }
}
