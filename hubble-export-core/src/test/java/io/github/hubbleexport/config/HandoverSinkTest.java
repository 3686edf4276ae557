package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandoverSinkTest extends DynamicFixture {

    private static final Map<String, String> SETTINGS = Map.of("maxBackups", "7");

    @Test
    void tellsTheSettingsOfWhatItWritesTo() throws IOException {
        HandoverSink sink = new HandoverSink(
                any -> new Sink() {
                    @Override
                    public void write(LineBatch batch) {}

                    @Override
                    public Map<String, String> settings() {
                        return SETTINGS;
                    }
                },
                entry("a", "/a").build());
        assertThat(sink.settings()).isEmpty();
        sink.open();
        assertThat(sink.settings()).isEqualTo(SETTINGS);
        sink.close();
    }
}
