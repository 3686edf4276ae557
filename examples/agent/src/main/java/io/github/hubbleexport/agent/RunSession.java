package io.github.hubbleexport.agent;

import io.github.hubbleexport.agent.serve.Page;
import io.github.hubbleexport.agent.serve.PageServer;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.DynamicExporterStatus;
import io.github.hubbleexport.micrometer.DynamicExporterMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An agent from its first event to its end, which comes once, by whatever is first: the end of the input, or a signal to
 * the process, or an interrupt of the thread that runs it. What was taken from the input until then is in the files, in
 * whole lines, unless the limit is over before; what is missing is told.
 *
 * <p>The input has a thread of its own, since nothing can end the wait for standard input.
 */
final class RunSession {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final long COMPLAINTS_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** More than the limit takes: then something is wrong with us, and the process ends all the same. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DynamicExporter exporter;
    private final EventTarget target;
    private final RunInput input;
    private final Duration limit;
    private final Host host;
    private final Complaints complaints;
    private final long started;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Held while an event goes from the input to the exporter. */
    private final ReentrantLock turn = new ReentrantLock();

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile String cause = "the input has ended";
    private volatile boolean stopping;
    private volatile boolean brokeOff;
    private final AtomicLong taken = new AtomicLong();
    private volatile int exitCode = HubbleExportAgent.SOME_FAILED;

    /**
     * @param exporter closed at the end
     * @param limit how long the end may take
     */
    RunSession(DynamicExporter exporter, RunInput input, Duration limit, Host host) {
        this.exporter = exporter;
        this.target = EventTarget.of(exporter);
        this.input = input;
        this.limit = limit;
        this.host = host;
        complaints = new Complaints(this::tell, host.nanos(), COMPLAINTS_NANOS);
        started = host.nanos().getAsLong();
    }

    /** Runs to the end; returns the exit code. */
    int run(PageServer server) {
        Thread hook = new Thread(this::endProcess, "hubble-export-agent shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            bindMetrics();
            server.start(Map.of("/metrics", this::metrics, "/healthz", this::health, "/status", this::status));
            tell("serving /metrics, /healthz and /status on " + server.url());
            startInput();
            awaitEnd();
            end();
        } finally {
            server.close();
            finished.countDown();
            remove(hook);
        }
        return exitCode;
    }

    private void bindMetrics() {
        new DynamicExporterMetrics(exporter).bindTo(registry);
        FunctionCounter.builder("hubble.export.input.events", taken, AtomicLong::get)
                .description("Events that were read from the input")
                .register(registry);
        FunctionCounter.builder("hubble.export.input.unreadable", complaints, Complaints::count)
                .description("Events of the input that could not be read")
                .register(registry);
    }

    private void startInput() {
        Thread reader = new Thread(this::read, "hubble-export-agent input");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            boolean came = new InputPump(this::complain, this::tellUnlessStopping).run(input.events(), this::take);
            brokeOff = !came && !stopping;
        } catch (RuntimeException | Error e) {
            brokeOff = true;
            tell("reading the input failed: " + e);
        } finally {
            over.countDown();
        }
    }

    /** The end cuts the input off wherever it is; what is half there was never taken. */
    private void complain(UnreadableEventException event) {
        if (!stopping) {
            complaints.about(event);
        }
    }

    private void tellUnlessStopping(String what) {
        if (!stopping) {
            tell(what);
        }
    }

    private boolean take(EventInput events) {
        turn.lock();
        try {
            if (stopping) {
                return false;
            }
            taken.incrementAndGet();
            events.offerTo(target);
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            cause = "the agent was interrupted";
        }
    }

    private void end() {
        boolean inTime = closeExporter();
        DynamicExporterStatus status = exporter.status();
        long nanos = host.nanos().getAsLong() - started;
        RunSummary summary = new RunSummary(status, taken.get(), complaints.count(), nanos);
        summary.print(cause, host.err());
        if (!inTime) {
            tell("the time to end, " + limit.toMillis() + " ms, was over: " + summary.remaining()
                    + " still on their way are lost");
        }
        boolean failed = brokeOff || !inTime || summary.failed() > 0;
        exitCode = failed ? HubbleExportAgent.SOME_FAILED : HubbleExportAgent.DONE;
    }

    /** Whether everything that was taken is where it belongs. */
    private boolean closeExporter() {
        long began = System.nanoTime();
        stopping = true;
        input.stop().run();
        boolean quiet = awaitLastEvent(limit.dividedBy(4));
        return exporter.close(limit.minusNanos(System.nanoTime() - began)) && quiet;
    }

    private boolean awaitLastEvent(Duration most) {
        try {
            if (turn.tryLock(most.toNanos(), TimeUnit.NANOSECONDS)) {
                turn.unlock();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** What a signal does: it lets the session end, and the process with the session's exit code instead of the JVM's. */
    private void endProcess() {
        if (over.getCount() > 0) {
            cause = "a signal came";
        }
        over.countDown();
        try {
            boolean unused = finished.await(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook has nothing left to do
        }
    }

    private Page metrics() {
        return new Page(Page.OK, PROMETHEUS_TEXT, registry.scrape());
    }

    private Page health() {
        return HealthReport.page(reasons());
    }

    private List<String> reasons() {
        return stopping ? List.of("the agent is ending") : HealthReport.reasons(exporter.status());
    }

    private Page status() {
        InputStatus read = new InputStatus(input.name(), taken.get(), complaints.count(), complaints.last());
        return new Page(Page.OK, "application/json", StatusDocument.of(exporter.status(), read, reasons()));
    }

    private void tell(String what) {
        host.err().println(what);
        host.err().flush();
    }
}
