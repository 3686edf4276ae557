package io.github.hubbleexport.deliver;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.stats.StatusListener;
import java.nio.charset.StandardCharsets;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the tests have in common: deliveries whose writer is an actor of the test, and a sink that sees overlaps. */
final class Stage {

    private static final long NEVER = TimeUnit.HOURS.toNanos(1);

    /** For tests that look at the sink only: an account for each would be most of what they do. */
    static final ExporterAccount SHARED = account(null);

    private Stage() {}

    /** A sink that keeps its lines without the newlines. */
    static final class Lines extends Sink {

        private final StringBuilder text = new StringBuilder();
        private volatile boolean busy;
        private volatile boolean overlapped;

        @Override
        public void write(LineBatch batch) {
            if (busy) {
                overlapped = true;
            }
            busy = true;
            for (int at = batch.offset(); at < batch.offset() + batch.length(); at++) {
                if (batch.bytes()[at] != '\n') {
                    text.append((char) batch.bytes()[at]);
                }
            }
            busy = false;
        }

        /** The lines, and an exclamation mark if two threads were here at once. */
        @Override
        public String toString() {
            return overlapped ? text + "!" : text.toString();
        }
    }

    static ExporterAccount account(@Nullable StatusListener states) {
        return ExporterAccount.open("stress", null, states, new NoLog(), System::nanoTime, () -> 0);
    }

    static DirectDelivery direct(Sink sink, ExporterAccount account) {
        return new DirectDelivery(writer(sink, false, account), 1, NEVER);
    }

    static StrictDelivery strict(Sink sink) {
        return new StrictDelivery(writer(sink, true, SHARED), 1, NEVER);
    }

    static QueuedDelivery queue(Sink sink, int maxEvents, Overflow overflow, ExporterAccount account) {
        QueueBounds bounds = new QueueBounds(1_000, maxEvents, overflow, NEVER);
        return new QueuedDelivery(writer(sink, false, account), 1, NEVER, bounds);
    }

    private static BatchWriter writer(Sink sink, boolean flushEach, ExporterAccount account) {
        return new BatchWriter(sink, flushEach, Stage::gap, account, System::nanoTime, () -> 0);
    }

    /** A digit: how many are missing. */
    private static boolean gap(LineBatch batch, long events, long first, long last) {
        byte[] line = (events + "\n").getBytes(StandardCharsets.US_ASCII);
        batch.append(line, 0, line.length);
        return true;
    }

    static Delivered deliver(RecordDelivery delivery, char name) {
        byte[] line = {(byte) name, '\n'};
        return delivery.deliver(line, 0, line.length);
    }

    /** How many events count as written and as lost at close. */
    static String counted(ExporterAccount account) {
        ExporterCounters counters = account.events().snapshot();
        return counters.written() + " " + counters.lost(LossReason.CLOSE_TIMEOUT);
    }

    /** One round of the writer; false: nothing waited. */
    static boolean write(RecordDelivery delivery) {
        Chunk chunk;
        delivery.lock.lock();
        try {
            if (!delivery.isTurnFree()) {
                return false;
            }
            chunk = delivery.abandoned ? null : delivery.next();
            if (chunk == null) {
                return false;
            }
            delivery.begin(chunk);
        } finally {
            delivery.lock.unlock();
        }
        delivery.tell(delivery.write(chunk).loss());
        return true;
    }

    /** Writes all that waits, and what is missing behind it. */
    static void drain(RecordDelivery delivery) {
        boolean more = true;
        while (more) {
            more = write(delivery);
        }
        Chunk rest = new Chunk(0);
        delivery.lock.lock();
        try {
            delivery.takeLastGap(rest.gapBefore);
            delivery.begin(rest);
        } finally {
            delivery.lock.unlock();
        }
        delivery.tell(delivery.write(rest).loss());
    }

    private static final class NoLog implements System.Logger {

        @Override
        public String getName() {
            return "none";
        }

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {}

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object... values) {}
    }
}
