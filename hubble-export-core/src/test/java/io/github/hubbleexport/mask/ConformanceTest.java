package io.github.hubbleexport.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.testkit.ConformanceData;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which masks Go accepts. */
class ConformanceTest {

    static Stream<String> rows() {
        return ConformanceData.files("masks", ".tsv").stream().flatMap(file -> ConformanceData.lines(file).stream());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void masksAreValidWhereGoFindsThemValid(String row) throws IOException {
        String[] columns = row.split("\t", -1);
        List<String> paths = new ObjectMapper().readValue(columns[1], new TypeReference<>() {});
        if (columns[0].equals("valid")) {
            FlowMask mask = FlowMask.of(paths);
            assertThat(FlowMask.parse(mask.toString())).isEqualTo(mask);
            assertThat(mask.isAll()).isEqualTo(paths.isEmpty());
        } else {
            assertThat(columns[0]).isEqualTo("invalid");
            assertThatThrownBy(() -> FlowMask.of(paths))
                    .isInstanceOfSatisfying(
                            ConfigException.class,
                            e -> assertThat(e.problems())
                                    .allSatisfy(problem ->
                                            assertThat(problem.path()).startsWith("fieldmask[")));
        }
    }
}
