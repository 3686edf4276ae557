package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportSessionTest {

    private final List<ExporterCounters> farewells = new ArrayList<>();
    private final ExportSession session =
            new ExportSession(new ExporterBuilder().sink(new CountingSink()).build(), farewells::add);

    @Test
    void farewellComesOnceAndAfterEverythingWasWritten() {
        assertThat(session.offer(exporter -> exporter.export(new byte[0], 0, 0)))
                .isEqualTo(ExportOutcome.BUFFERED);
        session.finish();
        session.finish();
        session.close();
        assertThat(farewells).singleElement().satisfies(counters -> {
            assertThat(counters.written()).isEqualTo(1);
            assertThat(counters.inFlight()).isZero();
        });
    }

    @Test
    void nothingIsOfferedAfterTheEnd() {
        session.finish();
        assertThat(session.offer(exporter -> exporter.export(new byte[0], 0, 0)))
                .isNull();
        assertThat(session.counters().received()).isZero();
    }

    @Test
    void closingTakesTheHookOfTheProcessAway() {
        session.finishOnSignal();
        session.close();
        session.finishOnSignal(); // refused if it were there still
        session.close();
        assertThat(farewells).hasSize(1);
    }
}
