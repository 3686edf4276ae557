package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The background thread: one for all, and none when nobody needs it. */
@Timeout(120)
final class JanitorTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private static final long LIMIT = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    private Path folder;

    @Test
    void endsWhenTheLastSinkLeaves() throws InterruptedException {
        Janitor janitor = new Janitor(System::nanoTime);
        Runnable task = () -> {};
        janitor.enter();
        janitor.enter();
        janitor.request(task);
        Thread thread = thread(janitor);
        assertThat(thread.isDaemon()).isTrue();
        janitor.leave(task);
        janitor.request(task);
        assertThat(janitor.await(task, LIMIT)).isTrue();
        assertThat(thread(janitor)).isSameAs(thread);
        janitor.leave(task);
        thread.join();
        assertThat(janitor.thread()).isNull();
    }

    @Test
    void beginsAgainForTheNextSink() throws InterruptedException {
        Janitor janitor = new Janitor(System::nanoTime);
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            janitor.enter();
            janitor.request(runs::incrementAndGet);
            Thread thread = thread(janitor);
            janitor.leave(() -> {});
            thread.join(); // what was asked for before is still done
        }
        assertThat(runs).hasValue(3);
    }

    @Test
    void takesARequestThatWaitsOnlyOnce() throws InterruptedException {
        Janitor janitor = new Janitor(System::nanoTime);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Runnable task = runs::incrementAndGet;
        janitor.enter();
        janitor.request(() -> {
            begun.countDown();
            awaitQuietly(go);
        });
        begun.await();
        for (int i = 0; i < 10; i++) {
            janitor.request(task);
        }
        assertThat(janitor.await(task, 0)).isFalse();
        go.countDown();
        assertThat(janitor.await(task, LIMIT)).isTrue();
        assertThat(runs).hasValue(1);
        janitor.leave(task);
    }

    @Test
    void aSinkThatLeavesTakesItsRequestBack() throws InterruptedException {
        Janitor janitor = new Janitor(System::nanoTime);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Runnable task = runs::incrementAndGet;
        janitor.enter();
        janitor.request(() -> awaitQuietly(go));
        janitor.request(task);
        Thread thread = thread(janitor);
        janitor.leave(task);
        go.countDown();
        thread.join();
        assertThat(runs).hasValue(0);
    }

    @Test
    void runsLaterWhenTheTimeHasCome() throws InterruptedException {
        FakeTime time = new FakeTime();
        Janitor janitor = new Janitor(time);
        AtomicInteger runs = new AtomicInteger();
        Runnable task = runs::incrementAndGet;
        janitor.enter();
        janitor.requestLater(task, TimeUnit.HOURS.toNanos(2));
        janitor.requestLater(task, TimeUnit.HOURS.toNanos(1));
        janitor.requestLater(task, TimeUnit.HOURS.toNanos(3));
        time.advance(Duration.ofHours(1).minusNanos(1));
        lookAgain(janitor);
        assertThat(janitor.await(task, 0)).as("nothing was asked for now").isTrue();
        assertThat(runs).hasValue(0);
        time.advance(Duration.ofNanos(1));
        lookAgain(janitor);
        assertThat(janitor.await(task, LIMIT)).isTrue();
        assertThat(runs).hasValue(1);
        time.advance(Duration.ofHours(9));
        lookAgain(janitor);
        assertThat(runs).as("three requests, one run").hasValue(1);
        janitor.leave(task);
    }

    @Test
    void aRunForNowStandsForOneThatWasToComeLater() throws InterruptedException {
        FakeTime time = new FakeTime();
        Janitor janitor = new Janitor(time);
        AtomicInteger runs = new AtomicInteger();
        Runnable task = runs::incrementAndGet;
        janitor.enter();
        janitor.requestLater(task, 1_000);
        janitor.request(task);
        assertThat(janitor.await(task, LIMIT)).isTrue();
        time.advance(Duration.ofHours(1));
        lookAgain(janitor);
        assertThat(runs).hasValue(1);
        janitor.leave(task);
    }

    @Test
    void aSinkThatLeavesTakesBackWhatWasToComeLater() throws InterruptedException {
        FakeTime time = new FakeTime();
        Janitor janitor = new Janitor(time);
        AtomicInteger runs = new AtomicInteger();
        Runnable task = runs::incrementAndGet;
        janitor.enter();
        janitor.enter();
        janitor.requestLater(task, 1_000);
        janitor.leave(task);
        time.advance(Duration.ofHours(1));
        lookAgain(janitor);
        assertThat(runs).hasValue(0);
        Thread thread = thread(janitor);
        janitor.leave(task);
        thread.join();
    }

    /** A fake clock wakes nobody, another task does; when it has run the first has begun, if it was due. */
    private static void lookAgain(Janitor janitor) throws InterruptedException {
        for (int turn = 0; turn < 2; turn++) {
            CountDownLatch ran = new CountDownLatch(1);
            Runnable other = ran::countDown;
            janitor.request(other);
            ran.await();
        }
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        Janitor janitor = new Janitor(System::nanoTime);
        CountDownLatch go = new CountDownLatch(1);
        Runnable task = () -> awaitQuietly(go);
        janitor.enter();
        janitor.request(task);
        Thread.currentThread().interrupt();
        assertThat(janitor.await(task, LIMIT)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        go.countDown();
        assertThat(janitor.await(task, LIMIT)).isTrue();
        janitor.leave(task);
    }

    @Test
    @DisplayName("row 30: 10,000 opens and closes leave no thread, no handle and no memory behind")
    void tenThousandSinksLeaveNothingBehind() throws IOException, InterruptedException {
        openAndClose(2_000);
        long handlesBefore = handles();
        long bytesBefore = usedBytes();
        openAndClose(8_000);
        assertThat(Janitor.shared().thread()).isNull();
        assertThat(handles()).isLessThanOrEqualTo(handlesBefore);
        assertThat(usedBytes() - bytesBefore).as("bytes still used").isLessThan(8_000 * 100);
    }

    private void openAndClose(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            try (RotatingSink sink = RotatingSink.builder(folder.resolve("events.log"))
                    .maxFileBytes(1_000)
                    .compress(true)
                    .build()) {
                sink.write(Lines.batch("line " + i));
            }
        }
        Thread thread = Janitor.shared().thread();
        if (thread != null) {
            thread.join();
        }
    }

    private static long handles() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        return Files.isDirectory(handles) ? count(handles) : 0;
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long count(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static Thread thread(Janitor janitor) {
        Thread thread = janitor.thread();
        if (thread == null) {
            throw new AssertionError("no thread");
        }
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
