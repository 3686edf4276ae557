package io.github.hubbleexport.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.testkit.ConformanceData;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All ways give Hubble's own lines. */
class RivalTest {

    private static final byte[][] EVENTS = ConformanceData.resource("encode/cluster.bin").stream()
            .map(MessageLite::toByteArray)
            .toArray(byte[][]::new);

    static Stream<Arguments> ways() {
        return Stream.of(Rival.values())
                .flatMap(rival ->
                        Stream.of(Configuration.values()).map(configuration -> Arguments.of(rival, configuration)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyWayGivesHubblesOwnLines(Rival rival, Configuration configuration) {
        try (EventWay way = rival.open(configuration)) {
            assertThatCode(() -> Rival.check(way, rival, configuration, EVENTS)).doesNotThrowAnyException();
            assertThat(way.export(EVENTS[0])).isEqualTo(way.line(EVENTS[0]).length());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aWayWithOtherLinesIsFoundOut(Rival rival, Configuration configuration) {
        Configuration other = configuration == Configuration.NONE ? Configuration.SEED : Configuration.NONE;
        try (EventWay way = rival.open(other)) {
            assertThatThrownBy(() -> Rival.check(way, rival, configuration, EVENTS))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
