package io.github.hubbleexport.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyRecorderTest {

    private static final double[] PERCENTILES = {0.001, 1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100};

    @Test
    void everyValueFallsIntoABucketThatIsNarrowForIt() {
        LongStream powers = LongStream.range(0, Long.SIZE - 1).map(shift -> 1L << shift);
        LongStream values = powers.flatMap(power -> LongStream.of(power - 1, power, power + 1, power + power / 3));
        values.map(value -> Math.max(0, value)).forEach(value -> {
            int bucket = LatencyRecorder.bucketOf(value);
            long highest = LatencyRecorder.highestOf(bucket);
            long lowest = bucket == 0 ? 0 : LatencyRecorder.highestOf(bucket - 1) + 1;
            assertThat(value).isBetween(lowest, highest);
            assertThat((double) (highest - lowest)).as("width at %d", value).isLessThanOrEqualTo(lowest / 32.0);
        });
        assertThat(LatencyRecorder.highestOf(LatencyRecorder.bucketOf(Long.MAX_VALUE)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void percentilesAreThoseOfTheSortedValuesWithin3Percent(long seed) {
        Random random = new Random(seed);
        LatencyRecorder recorder = new LatencyRecorder();
        long[] values = new long[1 + random.nextInt(5_000)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 30);
            recorder.record(values[i]);
        }
        Arrays.sort(values);
        LatencySnapshot snapshot = recorder.snapshot();
        for (double percent : PERCENTILES) {
            int rank = (int) Math.max(1, Math.ceil(percent / 100 * values.length));
            long exact = values[rank - 1];
            assertThat(snapshot.percentileNanos(percent))
                    .as("seed %d, percentile %s", seed, percent)
                    .isBetween(exact, (long) (exact * (1 + 1 / 32.0)));
        }
        assertThat(snapshot.count()).isEqualTo(values.length);
        assertThat(snapshot.maxNanos()).isEqualTo(values[values.length - 1]);
        assertThat(snapshot.percentileNanos(100)).isEqualTo(snapshot.maxNanos());
        assertThat(snapshot.meanNanos()).isEqualTo(Arrays.stream(values).sum() / values.length);
    }

    @Test
    void nothingWasRecorded() {
        LatencySnapshot snapshot = new LatencyRecorder().snapshot();
        assertThat(snapshot.count()).isZero();
        assertThat(snapshot.meanNanos()).isZero();
        assertThat(snapshot.percentileNanos(99)).isZero();
    }

    @Test
    void aClockThatWentBackGivesZero() {
        LatencyRecorder recorder = new LatencyRecorder();
        recorder.record(-5);
        assertThat(recorder.snapshot().count()).isEqualTo(1);
        assertThat(recorder.snapshot().maxNanos()).isZero();
    }

    @Test
    void percentilesOutOfRangeAreRefused() {
        LatencySnapshot snapshot = new LatencyRecorder().snapshot();
        for (double percent : new double[] {0, -1, 100.1, Double.NaN}) {
            assertThatThrownBy(() -> snapshot.percentileNanos(percent)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theTextHasTheFigures() {
        LatencyRecorder recorder = new LatencyRecorder();
        recorder.record(5_000);
        assertThat(recorder.snapshot()).hasToString("1 writes, µs: p50 5, p90 5, p99 5, p99.9 5, max 5");
    }
}
