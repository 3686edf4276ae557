package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.agent.simulation.SimulatedEvent;
import io.github.hubbleexport.agent.simulation.SimulatedTraffic;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.stats.ExporterCounters;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Simulated events through one exporter, and a report of what became of them, also when a signal ends it early. */
final class DemoRun {

    private final Host host;
    private final RotatingSink sink;
    private final DemoReport report;
    private final FlowExporter whole;
    private final ExportSession session;
    private final DemoTally tally = new DemoTally();
    private final long started;

    /** @param sink where the events go; closed at the end */
    DemoRun(RotatingSink sink, DemoReport report, Host host) {
        this.host = host;
        this.sink = sink;
        this.report = report;
        started = host.nanos().getAsLong();
        whole = DemoSettings.whole().sink(new CountingSink()).build();
        session = new ExportSession(DemoSettings.masked().sink(sink).build(), this::tellAll);
    }

    /** Exports so many events at such a rate; returns the exit code. */
    int run(SimulatedTraffic traffic, long events, long rate) {
        Pacer pacer = new Pacer(rate, host.nanos(), host.pause());
        try (session) {
            session.finishOnSignal();
            long done = 0;
            while (done < events && offer(traffic.next())) {
                done++;
                pacer.await();
            }
        }
        return session.counters().lostTotal() == 0 ? HubbleExportAgent.DONE : HubbleExportAgent.SOME_FAILED;
    }

    private boolean offer(SimulatedEvent simulated) {
        return session.offer(exporter -> export(exporter, simulated)) != null;
    }

    private ExportOutcome export(EventTarget exporter, SimulatedEvent simulated) {
        ExportOutcome outcome = exporter.export(simulated.event());
        tally.count(simulated.kind(), outcome);
        if (outcome != ExportOutcome.FILTERED) {
            whole.export(simulated.event());
        }
        return outcome;
    }

    private void tellAll(ExporterCounters counters) {
        whole.close();
        try {
            report.filtered(tally, counters);
            report.masked(counters, whole.counters());
            report.rotated(sink.stats());
            report.firstLines();
            report.end(counters, host.nanos().getAsLong() - started);
        } catch (IOException e) {
            throw new UncheckedIOException("the files cannot be looked at", e);
        }
    }
}
