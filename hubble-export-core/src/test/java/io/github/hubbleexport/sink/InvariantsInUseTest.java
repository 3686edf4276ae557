package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No author of a test of sinks or faults may forget the invariants. */
final class InvariantsInUseTest {

    private static final Path TESTS = Path.of("src/test/java");

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @Test
    void everyTestOfSinksAndFaultsHasThem() throws IOException, ClassNotFoundException {
        for (String folder : List.of("sink", "faults")) {
            List<String> tests = testClasses("io/github/hubbleexport/" + folder);
            assertThat(tests).hasSizeGreaterThan(5);
            for (String test : tests) {
                assertThat(hasInvariants(Class.forName(test))).as(test).isTrue();
            }
        }
    }

    private static List<String> testClasses(String folder) throws IOException {
        try (Stream<Path> files = Files.list(TESTS.resolve(folder))) {
            return files.map(file -> TESTS.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name ->
                            name.substring(0, name.length() - ".java".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static boolean hasInvariants(Class<?> test) {
        return Stream.<Class<?>>iterate(test, type -> type != null, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .anyMatch(InvariantsInUseTest::isRegistered);
    }

    private static boolean isRegistered(Field field) {
        return field.getType() == SinkInvariants.class && field.isAnnotationPresent(RegisterExtension.class);
    }
}
