package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.SinkInvariants;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader that follows the file as log shippers do: it keeps a file open until the path leads to another one, reads what
 * is left, and goes on with the new one.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ShipperTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().json();

    /** So short that backups are compressed while the shipper is at work. */
    private static final Duration GRACE = Duration.ofMillis(1);

    private static final int ROTATIONS = 100;
    private static final int EVENTS_A_FILE = 200;
    private static final int EVENTS = (ROTATIONS + 1) * EVENTS_A_FILE;
    private static final String WRITER = "shipped";

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Semaphore opened = new Semaphore(0);

    @TempDir
    private Path root;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName("row 39: a log shipper follows the file through 100 rotations with compression")
    void everyLineExactlyOnce() throws Exception {
        Path live = root.resolve("flows.log");
        RotatingSink sink = RotatingSink.builder(live)
                .maxBackups(3)
                .compress(true)
                .compressAfter(GRACE)
                .build();
        Future<Trail> shipped = threads.submit(() -> ship(live));
        try (FlowExporter exporter =
                new ExporterBuilder().sink(sink).batchBytes(1024).build()) {
            for (int number = 0; number < EVENTS; number++) {
                if (number > 0 && number % EVENTS_A_FILE == 0) {
                    rotate(exporter, sink);
                }
                exporter.export(Numbered.event(WRITER, number));
            }
        }
        Trail trail = shipped.get();
        assertThat(sink.stats().rotations()).isEqualTo(ROTATIONS);
        assertThat(sink.stats().compressions()).isPositive();
        assertThat(trail.torn).isEmpty();
        assertThat(trail.gaps()).isEmpty();
        assertThat(trail.events).isEqualTo(EVENTS);
    }

    /** Before a file goes the shipper must have it open; how far it has read is its own affair. */
    private void rotate(FlowExporter exporter, RotatingSink sink) throws IOException, InterruptedException {
        exporter.flush();
        opened.acquire();
        sink.rotate();
    }

    private Trail ship(Path live) throws IOException {
        Trail trail = new Trail();
        StringBuilder half = new StringBuilder();
        while (trail.events + trail.torn.size() < EVENTS) {
            try (BufferedReader file = Files.newBufferedReader(live, UTF_8)) {
                Object key = key(live);
                opened.release();
                follow(file, live, key, trail, half);
            } catch (NoSuchFileException e) {
                Thread.onSpinWait(); // between a rename and the first line of the next file
            }
        }
        return trail;
    }

    private static void follow(BufferedReader file, Path live, @Nullable Object key, Trail trail, StringBuilder half)
            throws IOException {
        while (trail.events + trail.torn.size() < EVENTS) {
            boolean replaced = !Objects.equals(key, key(live));
            readLines(file, trail, half);
            if (replaced) {
                assertThat(half).as("half a line at the end of a file").isEmpty();
                return;
            }
        }
    }

    private static void readLines(BufferedReader file, Trail trail, StringBuilder half) throws IOException {
        for (int c = file.read(); c >= 0; c = file.read()) {
            if (c == '\n') {
                trail.add(half.toString());
                half.setLength(0);
            } else {
                half.append((char) c);
            }
        }
    }

    private static @Nullable Object key(Path live) throws IOException {
        try {
            return Files.readAttributes(live, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
