package io.github.hubbleexport.agent;

import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterCounters;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Takes one input through one exporter: with progress, complaints about what cannot be read, and a summary. */
final class ExportRun {

    /** How many events that cannot be read are told of one by one: {@value}. */
    static final int COMPLAINTS = 10;

    private final Host host;
    private final Sink sink;
    private final long started;
    private final ProgressLine progress;
    private final ExportSession session;
    private final AtomicLong unreadable = new AtomicLong();
    private boolean brokeOff;

    /**
     * @param exporter closed at the end
     * @param sink where it writes
     */
    ExportRun(FlowExporter exporter, Sink sink, Host host) {
        this.host = host;
        this.sink = sink;
        started = host.nanos().getAsLong();
        progress = new ProgressLine(host);
        session = new ExportSession(exporter, this::summarise);
    }

    /** Exports everything; returns the exit code. */
    int run(EventInput input) {
        try (session) {
            session.finishOnSignal();
            pump(input);
        }
        boolean failed = brokeOff || unreadable.get() > 0 || session.counters().lostTotal() > 0;
        return failed ? HubbleExportAgent.SOME_FAILED : HubbleExportAgent.DONE;
    }

    private void pump(EventInput input) {
        try {
            while (step(input)) {
                progress.update(this::progress);
            }
        } catch (IOException e) {
            brokeOff = true;
            complain("the input broke off: " + e.getMessage());
        }
    }

    private boolean step(EventInput input) throws IOException {
        try {
            return input.next() && session.offer(input::offerTo) != null;
        } catch (UnreadableEventException e) {
            passOver(e);
            return true;
        }
    }

    private void passOver(UnreadableEventException e) {
        long count = unreadable.incrementAndGet();
        if (count <= COMPLAINTS) {
            complain(String.valueOf(e.getMessage()));
        }
        if (count == COMPLAINTS) {
            complain("further events that cannot be read are only counted");
        }
    }

    private void complain(String message) {
        progress.clear();
        host.err().println(message);
        host.err().flush();
    }

    private String progress() {
        ExporterCounters now = session.counters();
        return Numbers.grouped(now.received()) + " events, " + Numbers.grouped(now.filtered()) + " filtered, "
                + Numbers.grouped(now.lostTotal() + unreadable.get()) + " failed, "
                + Numbers.rate(now.received(), elapsed()) + " a second";
    }

    private void summarise(ExporterCounters counters) {
        progress.clear();
        String rotations = sink instanceof RotatingSink file
                ? Numbers.counted(file.stats().rotations(), "rotation")
                : "to standard output";
        new Summary(counters, unreadable.get(), rotations, elapsed()).print(host.err());
    }

    private long elapsed() {
        return host.nanos().getAsLong() - started;
    }
}
