package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.MemorySink;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanChoiceTest {

    private static final byte[] PASSING = ExportEvent.newBuilder()
            .setFlow(Flow.newBuilder().setVerdict(Verdict.FORWARDED).setUuid("passing"))
            .build()
            .toByteArray();

    private final ScanChoice choice = new ScanChoice();

    private void filtered(int passing, int all) {
        for (int i = 0; i < all; i++) {
            choice.filtered(i < passing);
        }
    }

    @Test
    void oneScanIsForEventsOfWhichMostPass() {
        assertThat(choice.once()).isFalse();
        filtered(ScanChoice.WINDOW, ScanChoice.WINDOW - 1);
        assertThat(choice.once()).as("before the first window is full").isFalse();
        filtered(1, 1);
        assertThat(choice.once()).isTrue();
        filtered(ScanChoice.WINDOW / 2 + 1, ScanChoice.WINDOW);
        assertThat(choice.once()).isTrue();
        filtered(ScanChoice.WINDOW / 2, ScanChoice.WINDOW);
        assertThat(choice.once()).isFalse();
    }

    /** Also for events that are damaged where the filters do not look, or have to be merged there. */
    @ParameterizedTest
    @ValueSource(longs = {91, 92})
    void whatBecomesOfAnEventDoesNotDependOnTheChoice(long seed) {
        RandomEvents events = new RandomEvents(seed);
        OddEncoding odd = new OddEncoding(seed);
        Random random = new Random(seed);
        MemorySink onceSink = new MemorySink();
        MemorySink twiceSink = new MemorySink();
        Set<ExportOutcome> seen = EnumSet.noneOf(ExportOutcome.class);
        try (FlowExporter once = exporter(onceSink);
                FlowExporter twice = exporter(twiceSink)) {
            for (int i = 0; i < 2_000; i++) {
                keepMostPassing(once);
                byte[] event = odd.of(events.nextFlow());
                if (random.nextInt(3) == 0) {
                    event[random.nextInt(event.length)] ^= (byte) (1 << random.nextInt(8));
                }
                ExportOutcome outcome = end(exportAmidOthers(once, event, random));
                assertThat(outcome).as("event %d of seed %d", i, seed).isEqualTo(end(twice.export(event)));
                seen.add(outcome);
            }
            assertThat(once.counters().canonicalized())
                    .isEqualTo(twice.counters().canonicalized())
                    .isPositive();
        }
        assertThat(seen).contains(ExportOutcome.FILTERED, ExportOutcome.LOST, ExportOutcome.BUFFERED);
        assertThat(onceSink.text().lines().filter(line -> !line.contains("\"uuid\":\"passing\"")))
                .isNotEmpty()
                .containsExactlyElementsOf(twiceSink.text().lines().toList());
    }

    private static FlowExporter exporter(MemorySink sink) {
        return new ExporterBuilder()
                .allowList("{\"verdict\":[\"FORWARDED\",\"DROPPED\"]} {\"source_label\":[\"a\"]} {\"reply\":[true]}")
                .fieldMask("uuid source.labels l4 source.workloads time node_name extensions")
                .sink(sink)
                .build();
    }

    /** From the middle of an array, where it is read in place if there are enough bytes behind it. */
    private static ExportOutcome exportAmidOthers(FlowExporter exporter, byte[] event, Random random) {
        int before = random.nextInt(20);
        byte[] array = new byte[before + event.length + random.nextInt(40)];
        random.nextBytes(array);
        System.arraycopy(event, 0, array, before, event.length);
        byte[] copy = array.clone();
        ExportOutcome outcome = exporter.export(array, before, event.length);
        assertThat(array).isEqualTo(copy);
        return outcome;
    }

    /** Whose event fills a batch is chance. */
    private static ExportOutcome end(ExportOutcome outcome) {
        return outcome == ExportOutcome.WRITTEN ? ExportOutcome.BUFFERED : outcome;
    }

    /** More than half of the events of each window are these. */
    private static void keepMostPassing(FlowExporter exporter) {
        for (int i = 0; i < 3; i++) {
            assertThat(end(exporter.export(PASSING))).isEqualTo(ExportOutcome.BUFFERED);
        }
    }
}
