package io.github.hubbleexport.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static final List<String> FIELDS = List.of("source_pod", "source_ip", "destination_pod", "verdict");

    @Test
    void oneProblemIsOneLine() {
        Problems problems = new Problems();
        problems.throwIfAny();
        problems.add("allowlist[1].source_ip[0]", "10.0.0.0/33", "not a network");
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(ConfigException.class)
                .hasMessage("allowlist[1].source_ip[0]: not a network: \"10.0.0.0/33\"");
    }

    @Test
    void severalProblemsAreCountedAndListedInOrder() {
        Problems problems = new Problems();
        problems.add("a", "1", "first");
        problems.addAll(new ConfigException(List.of(new Problem("b", "", "second"))));
        assertThatThrownBy(problems::throwIfAny).hasMessage("2 problems:\n  a: first: \"1\"\n  b: second");
        assertThat(problems.list()).extracting(Problem::path).containsExactly("a", "b");
        assertThat(problems.isEmpty()).isFalse();
    }

    @Test
    void longValuesAreCut() {
        assertThat(new Problem("p", "x".repeat(1_000), "r").value())
                .hasSizeLessThan(300)
                .endsWith("(1000 characters)");
    }

    @Test
    void theNearestWordsComeFirstAndFarOnesNotAtAll() {
        assertThat(Nearest.to("sourcepod", FIELDS)).first().isEqualTo("source_pod");
        assertThat(Nearest.to("SOURCE_IP", FIELDS)).first().isEqualTo("source_ip");
        assertThat(Nearest.to("verd", FIELDS)).containsExactly("verdict");
        assertThat(Nearest.to("nothing_like_it", FIELDS)).isEmpty();
        assertThat(Nearest.hint("verdit", FIELDS)).isEqualTo("; did you mean verdict?");
        assertThat(Nearest.hint("xyz", FIELDS)).isEmpty();
    }
}
