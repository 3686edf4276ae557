package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.ExporterConfiguration;
import io.github.hubbleexport.FlowExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What sinks with others in them tell of these. */
class InnerSinksTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    /** A host's own sink. */
    private static final class Kafka extends Sink {

        @Override
        public void write(LineBatch batch) {}

        @Override
        public Map<String, String> settings() {
            return Map.of("topic", "flows");
        }
    }

    /** One that tells nothing. */
    private static final class Plain extends Sink {

        @Override
        public void write(LineBatch batch) {}
    }

    @Test
    void aTeeTellsTheSettingsOfItsBranches() throws IOException {
        try (TeeSink tee = new TeeSink(new Kafka(), new StdoutSink(), new Plain())) {
            assertThat(tee.settings())
                    .isEqualTo(Map.of(
                            "branch.0.topic", "flows",
                            "branch.0.destination", "Kafka",
                            "branch.1.destination", "standard output",
                            "branch.2.destination", "Plain"));
            assertThat(tee).hasToString("Kafka, and standard output, and Plain");
        }
    }

    @Test
    void anIsolatedSinkTellsItsOwnSettingsToo() throws IOException {
        try (IsolatedSink sink = IsolatedSink.builder(new Kafka())
                .name("to Kafka")
                .maxQueuedBytes(1_000)
                .closeWait(Duration.ofSeconds(3))
                .build()) {
            assertThat(sink.settings())
                    .isEqualTo(Map.of(
                            "name", "to Kafka",
                            "maxQueuedBytes", "1000",
                            "closeWait", "PT3S",
                            "inner.topic", "flows",
                            "inner.destination", "Kafka"));
            assertThat(sink).hasToString("Kafka");
        }
    }

    @Test
    void aFailOverSinkTellsThoseOfBoth() throws IOException {
        try (FailoverSink sink = FailoverSink.builder(new Kafka(), new Plain())
                .pauses(Duration.ofMillis(500), Duration.ofMinutes(2))
                .build()) {
            assertThat(sink.settings())
                    .isEqualTo(Map.of(
                            "pauses", "PT0.5S to PT2M",
                            "primary.topic", "flows",
                            "primary.destination", "Kafka",
                            "secondary.destination", "Plain"));
            assertThat(sink).hasToString("Kafka or else Plain");
        }
    }

    @Test
    void aReopeningSinkTellsThoseOfTheOneThatIsOpen() throws IOException {
        try (ReopeningSink sink = ReopeningSink.builder(Kafka::new).build()) {
            assertThat(sink.settings()).isEqualTo(Map.of("pauses", "PT0.1S to PT10S"));
            assertThat(sink).hasToString("a sink that is to be opened");
            sink.write(Lines.batch("line"));
            assertThat(sink.settings()).isEqualTo(Map.of("pauses", "PT0.1S to PT10S", "topic", "flows"));
            assertThat(sink).hasToString("Kafka");
        }
    }

    @Test
    void theConfigurationOfAnExporterShowsThemAtAnyDepth() {
        Sink sink = new TeeSink(
                IsolatedSink.builder(
                                FailoverSink.builder(new Kafka(), new Plain()).build())
                        .build(),
                new StdoutSink());
        try (FlowExporter exporter = new ExporterBuilder().sink(sink).build()) {
            ExporterConfiguration configuration = exporter.status().configuration();
            assertThat(configuration.destination()).isEqualTo("Kafka or else Plain, and standard output");
            assertThat(configuration.sinkSettings())
                    .containsEntry("branch.0.inner.primary.topic", "flows")
                    .containsEntry("branch.0.inner.secondary.destination", "Plain")
                    .containsEntry("branch.1.destination", "standard output");
        }
    }

    /** A class without a name of its own. */
    @Test
    void anAnonymousSinkIsCalledByItsFullName() {
        Sink sink = new Sink() {
            @Override
            public void write(LineBatch batch) {}
        };
        assertThat(sink).hasToString(sink.getClass().getName());
    }
}
