package io.github.hubbleexport.agent;

import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterCounters;

/** Takes one input through one exporter: with progress, complaints about what cannot be read, and a summary. */
final class ExportRun {

    private final Host host;
    private final Sink sink;
    private final long started;
    private final ProgressLine progress;
    private final ExportSession session;
    private final Complaints complaints;

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
        complaints = new Complaints(this::complain, host.nanos(), Long.MAX_VALUE);
    }

    /** Exports everything; returns the exit code. */
    int run(EventInput input) {
        boolean brokeOff;
        try (session) {
            session.finishOnSignal();
            brokeOff = !new InputPump(complaints::about, this::complain).run(input, this::offer);
        }
        boolean failed =
                brokeOff || complaints.count() > 0 || session.counters().lostTotal() > 0;
        return failed ? HubbleExportAgent.SOME_FAILED : HubbleExportAgent.DONE;
    }

    private boolean offer(EventInput input) {
        boolean goesOn = session.offer(input::offerTo) != null;
        progress.update(this::progress);
        return goesOn;
    }

    private void complain(String message) {
        progress.clear();
        host.err().println(message);
        host.err().flush();
    }

    private String progress() {
        ExporterCounters now = session.counters();
        return Numbers.grouped(now.received()) + " events, " + Numbers.grouped(now.filtered()) + " filtered, "
                + Numbers.grouped(now.lostTotal() + complaints.count()) + " failed, "
                + Numbers.rate(now.received(), elapsed()) + " a second";
    }

    private void summarise(ExporterCounters counters) {
        progress.clear();
        String rotations = sink instanceof RotatingSink file
                ? Numbers.counted(file.stats().rotations(), "rotation")
                : "to standard output";
        new Summary(counters, complaints.count(), rotations, elapsed()).print(host.err());
    }

    private long elapsed() {
        return host.nanos().getAsLong() - started;
    }
}
