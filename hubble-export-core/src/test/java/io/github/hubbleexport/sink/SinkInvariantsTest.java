package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The checks find what they are for. Each fault is made, noticed, and taken away again. */
final class SinkInvariantsTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("unexpected by the other");

    @TempDir
    private Path folder;

    /** Gives tests the context that they run in. */
    static final class ContextResolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ExtensionContext.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context;
        }
    }

    @Test
    @ExtendWith(ContextResolver.class)
    void findTornLinesOtherTextHalfArchivesAndLocks(ExtensionContext context) throws Exception {
        Path live = folder.resolve("events.log");
        Path archive = folder.resolve("events-2026-01-01T00-00-00.000.log.gz.tmp");
        Path lock = folder.resolve(".events.log.lock");
        Files.writeString(live, "{}\nhalf");
        assertThat(found(context, new SinkInvariants())).contains("ends in a newline");
        Files.writeString(live, "{}\nno json\n");
        assertThat(found(context, new SinkInvariants())).isEmpty();
        assertThat(found(context, new SinkInvariants().json())).contains("no json");
        Files.delete(live);
        Files.writeString(archive, "");
        assertThat(found(context, new SinkInvariants())).contains("archives half done");
        Files.delete(archive);
        Files.writeString(lock, "");
        assertThat(found(context, new SinkInvariants())).contains("locks");
        assertThat(found(context, new SinkInvariants().withKilledProcesses())).isEmpty();
        Files.delete(lock);
    }

    @Test
    @ExtendWith(ContextResolver.class)
    void findOpenSinksHandlesThreadsAndLogLines(ExtensionContext context) throws Exception {
        try (RotatingSink sink =
                RotatingSink.builder(folder.resolve("other.log")).build()) {
            assertThat(found(context, new SinkInvariants())).contains("sinks not closed");
            sink.stats();
        }
        Path file = Files.createFile(folder.resolve("any"));
        try (InputStream open = Files.newInputStream(file)) {
            if (Files.isDirectory(Path.of("/proc/self/fd"))) {
                assertThat(found(context, new SinkInvariants())).contains("file handles");
            }
            assertThat(open.available()).isZero();
        }
        SinkInvariants log = new SinkInvariants();
        log.beforeEach(context);
        Logger.getLogger("io.github.hubbleexport.sink").warning("unexpected by the other");
        assertThat(failureOf(log, context)).contains("unexpected by the other");
    }

    @Test
    @ExtendWith(ContextResolver.class)
    void findThreadsThatAreLeft(ExtensionContext context) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        SinkInvariants checked = new SinkInvariants().threadsEndWithin(Duration.ofMillis(1));
        checked.beforeEach(context);
        Thread left = new Thread(() -> awaitQuietly(end), "hubble-export left over");
        left.start();
        assertThat(failureOf(checked, context))
                .contains("hubble-export left over")
                .contains("is left");
        end.countDown();
        left.join();
    }

    @Test
    @ExtendWith(ContextResolver.class)
    void closeWatchedExportersAndAddUpTheirAccounts(ExtensionContext context) {
        SinkInvariants checked = new SinkInvariants();
        checked.beforeEach(context);
        MemorySink sink = new MemorySink();
        FlowExporter exporter = checked.watch(new ExporterBuilder().sink(sink).build());
        exporter.export(Flow.newBuilder().setUuid("waits in its batch").build());
        assertThat(exporter.counters().inFlight()).isEqualTo(1);
        assertThat(failureOf(checked, context)).isEmpty();
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(exporter.counters().inFlight()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String found(ExtensionContext context, SinkInvariants checked) {
        checked.beforeEach(context);
        return failureOf(checked, context);
    }

    private static String failureOf(SinkInvariants checked, ExtensionContext context) {
        try {
            checked.afterEach(context);
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
