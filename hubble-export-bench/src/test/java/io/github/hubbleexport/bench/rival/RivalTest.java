package io.github.hubbleexport.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.testkit.ClusterEvents;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All ways give Hubble's own lines, and agree on events for which there are none. */
class RivalTest {

    private static final WireEvents CLUSTER = WireEvents.ofConformance();
    private static final WireEvents GENERATED = new WireEvents(
            ClusterEvents.list(7, 500).stream().map(MessageLite::toByteArray).toArray(byte[][]::new));

    static Stream<Arguments> ways() {
        return Stream.of(Rival.values())
                .flatMap(rival -> Stream.of(Configuration.values())
                        .filter(rival::knows)
                        .map(configuration -> Arguments.of(rival, configuration)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyWayGivesHubblesOwnLines(Rival rival, Configuration configuration) {
        assertThatCode(() -> rival.check(configuration)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aWayWithOtherLinesIsFoundOut(Rival rival, Configuration configuration) {
        Configuration other = configuration == Configuration.NONE ? Configuration.SEED : Configuration.NONE;
        try (EventWay way = rival.open(configuration, CLUSTER)) {
            assertThatThrownBy(() -> rival.check(way, CLUSTER.count(), other.expectedLines()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void allAgreeOnGeneratedEvents(Rival rival, Configuration configuration) {
        try (EventWay way = rival.open(configuration, GENERATED);
                EventWay ours = Rival.WIRE.open(configuration, GENERATED)) {
            int lines = 0;
            for (int event = 0; event < GENERATED.count(); event++) {
                String expected = ours.line(event);
                lines += expected.isEmpty() ? 0 : 1;
                assertThat(rival.agrees(expected, way.line(event)))
                        .as("%s and %s", expected, way.line(event))
                        .isTrue();
            }
            assertThat(lines).isEqualTo(expectedLines(configuration, GENERATED.count()));
        }
    }

    /** Counted by the rules of the configuration in plain Java. */
    private static long expectedLines(Configuration configuration, int events) {
        PlainJava plain = new PlainJava(configuration);
        return IntStream.range(0, events)
                .filter(event -> plain.passes(PlainJava.parse(GENERATED, event)))
                .count();
    }

    @Test
    void whatIsTimedMakesTheLineThatIsChecked() {
        for (Rival rival : List.of(Rival.OBVIOUS, Rival.JACKSON)) {
            try (EventWay way = rival.open(Configuration.SEED, CLUSTER)) {
                for (int event = 0; event < CLUSTER.count(); event++) {
                    assertThat(way.export(event)).isEqualTo(way.line(event).length());
                }
            }
        }
    }

    @Test
    void oneValueThatDiffersIsSeen() {
        assertThat(Rival.OBVIOUS.agrees("{\"a\":1,\"b\":{}}\n", "{ \"a\": 1 }\n"))
                .isTrue();
        assertThat(Rival.OBVIOUS.agrees("{\"a\":1}\n", "{\"a\":2}\n")).isFalse();
        assertThat(Rival.OBVIOUS.agrees("", "{}\n")).isFalse();
        assertThat(Rival.WIRE.agrees("{\"a\":1}\n", "{ \"a\":1}\n")).isFalse();
    }

    @Test
    void jsonFormatAloneKnowsNoMask() {
        assertThatThrownBy(() -> Rival.JSON_FORMAT.open(Configuration.SEED, CLUSTER))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
