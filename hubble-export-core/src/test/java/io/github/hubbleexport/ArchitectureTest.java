package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which: the arrows of ARCHITECTURE.md point downwards only. */
class ArchitectureTest {

    private static final String BASE = "io.github.hubbleexport";
    private static final Path SOURCES = Path.of("src/main/java/io/github/hubbleexport");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.github\\.hubbleexport\\.(?:([a-z]+)\\.)?[A-Z].*$");

    /** By package: the packages of this module that it may import. The root is called by an empty name. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("problem", Set.of()),
            Map.entry("document", Set.of()),
            Map.entry("wire", Set.of()),
            Map.entry("mask", Set.of("problem")),
            Map.entry("filter", Set.of("document", "problem", "wire")),
            Map.entry("encode", Set.of("mask", "wire")),
            Map.entry("sink", Set.of("problem")),
            Map.entry("stats", Set.of()),
            Map.entry("deliver", Set.of("sink", "stats")),
            Map.entry("", Set.of("deliver", "encode", "filter", "mask", "problem", "sink", "stats", "wire")),
            Map.entry("micrometer", Set.of("config", "stats")),
            Map.entry("config", Set.of("", "document", "filter", "mask", "problem", "sink", "stats")));

    @Test
    void noPackageImportsItsOwnLevelOrAHigherOne() {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            String from = packageOf(file);
            assertThat(ALLOWED)
                    .as("a package that this test does not know: %s", file)
                    .containsKey(from);
            for (String to : imports(file)) {
                if (!to.equals(from) && !ALLOWED.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.add(file + " imports " + BASE + "." + to);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thePackagesOfTheListExist() {
        assertThat(sources().stream().map(ArchitectureTest::packageOf).distinct())
                .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(Path file) {
        return SOURCES.relativize(file).getNameCount() == 1
                ? ""
                : SOURCES.relativize(file).getName(0).toString();
    }

    private static Set<String> imports(Path file) {
        Set<String> packages = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = IMPORT.matcher(line);
                if (matcher.matches()) {
                    packages.add(matcher.group(1) == null ? "" : matcher.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packages;
    }
}
