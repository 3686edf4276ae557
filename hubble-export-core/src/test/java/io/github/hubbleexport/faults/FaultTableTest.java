package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.SinkInvariants;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The table of faults names tests that are there and are for its rows, and no row that a test is for is missing. */
class FaultTableTest {

    private static final Path TABLE = Path.of("../docs/FAULTS.md");
    private static final Path TESTS = Path.of("src/test/java");

    /** All but those of aggregation and rate limits, which are not there yet. */
    private static final List<Integer> ROWS = IntStream.rangeClosed(1, 42)
            .filter(row -> row != 36 && row != 38)
            .boxed()
            .toList();

    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|[^|]+\\|[^|]+\\|([^|]+)\\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+\\.\\w+)`");
    private static final Pattern NAME = Pattern.compile("rows? (\\d+(?:, \\d+)*): .+");

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @Test
    void everyRowNamesTestsThatAreForIt() throws Exception {
        Map<String, Set<Integer>> tests = rowsByTest();
        Map<Integer, List<String>> table = testsByRow();
        assertThat(table.keySet()).containsAll(ROWS);
        table.forEach((row, named) -> {
            assertThat(named).as("tests of row %s", row).isNotEmpty();
            for (String test : named) {
                assertThat(tests.getOrDefault(test, Set.of()))
                        .as("rows in the display name of %s", test)
                        .contains(row);
            }
        });
    }

    @Test
    void everyRowThatATestIsForIsInTheTable() throws Exception {
        Set<Integer> rows = testsByRow().keySet();
        rowsByTest()
                .forEach((test, its) -> assertThat(rows).as("rows of %s", test).containsAll(its));
    }

    private static Map<Integer, List<String>> testsByRow() throws IOException {
        Map<Integer, List<String>> table = new TreeMap<>();
        ROW.matcher(Files.readString(TABLE)).results().forEach(row -> {
            List<String> named = TEST.matcher(row.group(2))
                    .results()
                    .map(test -> test.group(1))
                    .toList();
            assertThat(table.put(Integer.valueOf(row.group(1)), named))
                    .as("row %s twice", row.group(1))
                    .isNull();
        });
        return table;
    }

    /** From {@code Class.method} to the rows in its display name. */
    private static Map<String, Set<Integer>> rowsByTest() throws IOException, ClassNotFoundException {
        Map<String, Set<Integer>> rows = new HashMap<>();
        for (Class<?> type : testClasses()) {
            for (Method method : type.getDeclaredMethods()) {
                DisplayName name = method.getAnnotation(DisplayName.class);
                if (name != null && name.value().startsWith("row")) {
                    rows.put(type.getSimpleName() + "." + method.getName(), rowsOf(name.value()));
                }
            }
        }
        return rows;
    }

    private static Set<Integer> rowsOf(String displayName) {
        Matcher matcher = NAME.matcher(displayName);
        assertThat(matcher.matches()).as(displayName).isTrue();
        return Arrays.stream(matcher.group(1).split(", ", -1))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Class<?>> testClasses() throws IOException, ClassNotFoundException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(TESTS)) {
            files = all.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
        List<Class<?>> classes = new ArrayList<>();
        for (Path file : files) {
            String name = TESTS.relativize(file).toString().replace('/', '.');
            classes.add(Class.forName(name.substring(0, name.length() - ".java".length())));
        }
        return classes;
    }
}
