package io.github.hubbleexport.config;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.ExporterGroup;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.observer.GetFlowsResponse;
import io.github.hubbleexport.stats.LossReason;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Exports events to the flow logs that a file names, and follows the file while it runs (upstream:
 * {@code pkg/hubble/exporter/dynamic_exporter.go}). The file is looked at every five seconds, and at once where the file
 * system tells of a change, also of the links by which Kubernetes updates a ConfigMap; or the host pushes what is to be in
 * force.
 *
 * <p>A reload is a transaction. A file that cannot be used changes nothing; an entry that cannot be built goes on as it was
 * while the others change; entries that say the same as before are not touched, and neither are their files. Each event
 * goes to the entries as they were or as they are, never to both and never to neither. Where an entry changes and its file
 * stays, the new exporter goes on with the file when the old one has written its last line. Content that was seen before
 * is not applied again, whatever the time of the file.
 *
 * <p>At its {@code end} an entry turns inactive and its file is closed; it resumes when the end moves to later.
 *
 * <p>Threads, failure and ownership of bytes: as {@link FlowExporter}; {@code export} reads one immutable set of exporters
 * and takes no lock of this class. The outcome of an event is that of an {@link ExporterGroup}. Reloads take turns.
 */
public final class DynamicExporter implements AutoCloseable {

    /** How often the file is looked at unless told otherwise: five seconds, as in Hubble. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(5);

    /** How long a reload waits for events on their way to exporters that end, unless told otherwise: ten seconds. */
    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(10);

    /** As good as for ever, and its nanoseconds still fit where they are added to others. */
    private static final Duration LONGEST = Duration.ofDays(10_000);

    private final ExporterGroup group = new ExporterGroup(List.of());
    private final LongAdder closedEvents = new LongAdder();
    private final Duration drainTimeout;
    private final Reloader reloader;
    private final @Nullable ConfigWatch watch;
    private volatile boolean closed;

    private DynamicExporter(Builder told) {
        this.drainTimeout = told.drainTimeout;
        this.reloader = told.reloader(group);
        Path file = told.file;
        this.watch = file == null || told.pollInterval.isZero()
                ? null
                : new ConfigWatch(file, () -> reloader.untilNextLook(told.pollInterval), reloader::look);
    }

    /** Describes an exporter that follows a file. */
    public static Builder builder(Path file) {
        return new Builder(requireNonNull(file, "file"));
    }

    /** Describes an exporter of what {@link #apply} is given. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Exports an event to every entry; see {@link FlowExporter#export(ExportEvent)}. */
    public ExportOutcome export(ExportEvent event) {
        return closed ? closedOutcome() : group.export(event);
    }

    /** Exports an event to every entry; see {@link FlowExporter#export(GetFlowsResponse)}. */
    public ExportOutcome export(GetFlowsResponse response) {
        return closed ? closedOutcome() : group.export(response);
    }

    /** Exports a flow to every entry; see {@link FlowExporter#export(Flow)}. */
    public ExportOutcome export(Flow flow) {
        return closed ? closedOutcome() : group.export(flow);
    }

    /** Exports an event to every entry; see {@link FlowExporter#export(byte[])}. */
    public ExportOutcome export(byte[] event) {
        return closed ? closedOutcome() : group.export(event);
    }

    /** Exports an event to every entry; see {@link FlowExporter#export(byte[], int, int)}. */
    public ExportOutcome export(byte[] bytes, int offset, int length) {
        return closed ? closedOutcome() : group.export(bytes, offset, length);
    }

    /** Exports an event to every entry; see {@link FlowExporter#export(ByteBuffer)}. */
    public ExportOutcome export(ByteBuffer event) {
        return closed ? closedOutcome() : group.export(event);
    }

    /** Exports a flow to every entry; see {@link FlowExporter#exportFlow(byte[])}. */
    public ExportOutcome exportFlow(byte[] flow) {
        return closed ? closedOutcome() : group.exportFlow(flow);
    }

    /** Exports a flow to every entry; see {@link FlowExporter#exportFlow(byte[], int, int)}. */
    public ExportOutcome exportFlow(byte[] bytes, int offset, int length) {
        return closed ? closedOutcome() : group.exportFlow(bytes, offset, length);
    }

    /** Exports a flow to every entry; see {@link FlowExporter#exportFlow(ByteBuffer)}. */
    public ExportOutcome exportFlow(ByteBuffer flow) {
        return closed ? closedOutcome() : group.exportFlow(flow);
    }

    private ExportOutcome closedOutcome() {
        closedEvents.increment();
        return ExportOutcome.LOST;
    }

    /**
     * Looks at the file and the clock now, as it happens at intervals.
     *
     * @return what was done; refused if the file cannot be used and was not refused before for the same content
     */
    public ReloadResult reload() {
        return reloader.look();
    }

    /**
     * Brings entries into force that the host has, in place of all that are there. A file that is followed takes over
     * again when its content changes.
     *
     * @return what was done; entries that could not be built are among its problems
     * @throws IllegalStateException if this exporter is closed
     */
    public ReloadResult apply(FlowLogs flowLogs) {
        return reloader.apply(requireNonNull(flowLogs, "flowLogs"));
    }

    /**
     * What {@link #apply} would do. Opens and changes nothing; that a file can be written shows only when it is.
     *
     * @return the plan
     */
    public Plan check(FlowLogs flowLogs) {
        return reloader.check(requireNonNull(flowLogs, "flowLogs"));
    }

    /**
     * What a reload from a file would do, as {@link #check(FlowLogs)}.
     *
     * @return the plan; without steps, if the file cannot be used
     */
    public Plan check(Path flowLogsFile) {
        return reloader.check(requireNonNull(flowLogsFile, "flowLogsFile"));
    }

    /** Waits until all sinks were offered everything that was exported before this call, and were flushed. */
    public void flush() {
        group.exporters().forEach(FlowExporter::flush);
    }

    Reloader reloader() {
        return reloader;
    }

    /** How one entry is doing; null: there is none of that name. */
    public @Nullable FlowLogStatus status(String flowLog) {
        return reloader.status(flowLog);
    }

    /**
     * Adds a listener that is called after entries were added, changed, ended or removed, on the thread of the reload and
     * before it returns. It may ask for the status, and must not reload. What it throws is logged.
     */
    public void onChange(Runnable listener) {
        reloader.onChange(requireNonNull(listener, "listener"));
    }

    /** How everything is doing. */
    public DynamicExporterStatus status() {
        return reloader.status(closedEvents.sum());
    }

    /** As {@link #close(Duration)} with the drain time-out that the builder was given. */
    @Override
    public void close() {
        close(drainTimeout);
    }

    /**
     * Ends following the file, writes out what waits, and closes all files. The entries end at the same time, so that one
     * whose file hangs does not take the time of the others. When the limit is over, what still waits is lost and counted
     * as {@link LossReason#CLOSE_TIMEOUT}. Events that come later are lost and counted as such. Calls after the first wait
     * for the same end.
     *
     * @param limit how long to wait at most, for a reload that is under way too
     * @return whether everything was offered to the files and they were closed
     */
    public boolean close(Duration limit) {
        closed = true;
        Duration bounded = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
        if (watch != null) {
            watch.end();
        }
        boolean inTime = reloader.close(bounded);
        if (watch != null && inTime) {
            watch.close();
        }
        return inTime;
    }

    /** The names and the compiled configurations of the entries that are active. */
    @Override
    public String toString() {
        return group.toString();
    }

    /** Describes a {@link DynamicExporter}. For one thread. */
    public static final class Builder {

        final @Nullable Path file;
        UnknownKeys unknownKeys = UnknownKeys.REFUSE;
        Duration pollInterval = DEFAULT_POLL_INTERVAL;
        Duration drainTimeout = DEFAULT_DRAIN_TIMEOUT;
        boolean startsWithoutFile;
        EntrySinks sinks = new FileSinks();
        BiConsumer<FlowLogConfig, ExporterBuilder> customizer = (entry, builder) -> {};

        @Nullable
        FlowLogConfig staticExporter;

        Clock clock = Clock.systemUTC();

        private Builder(@Nullable Path file) {
            this.file = file;
        }

        /** What becomes of keys that are not known; refused unless told otherwise. */
        public Builder unknownKeys(UnknownKeys what) {
            unknownKeys = requireNonNull(what, "what");
            return this;
        }

        /**
         * How often the file is looked at; five seconds unless told otherwise. Zero: only when {@link #reload} is called,
         * which then also has to end entries whose time has come.
         */
        public Builder pollInterval(Duration interval) {
            pollInterval = requireNonNull(interval, "interval");
            return this;
        }

        /** How long a reload waits for events on their way to exporters that end; ten seconds unless told otherwise. */
        public Builder drainTimeout(Duration timeout) {
            drainTimeout = requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Whether a file that cannot be used when the exporter is built is waited for, as Hubble does; unless told
         * otherwise, building fails.
         */
        public Builder startsWithoutFile(boolean waits) {
            startsWithoutFile = waits;
            return this;
        }

        /** Where the lines of entries go; to the files that they name, or the standard output, unless told otherwise. */
        public Builder sinks(EntrySinks destinations) {
            sinks = requireNonNull(destinations, "destinations");
            return this;
        }

        /**
         * What else is to be said of the exporter of each entry: hooks, an error listener, the size of batches. Called
         * each time that one is built; what it throws counts as a failure of the entry. Name, filters, mask and sink are
         * those of the entry.
         */
        public Builder customizer(BiConsumer<FlowLogConfig, ExporterBuilder> additions) {
            customizer = requireNonNull(additions, "additions");
            return this;
        }

        /**
         * An exporter that is there for good, beside those of the file, and shares their scan of the events. An entry of
         * the file that has its file or its name is refused, and the whole file with it.
         */
        public Builder staticExporter(FlowLogConfig config) {
            staticExporter = requireNonNull(config, "config");
            return this;
        }

        /** The clock by which entries end; the system's unless told otherwise. */
        public Builder clock(Clock source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /**
         * Reads the file, builds what it says, and begins to follow it.
         *
         * @throws ConfigException with every problem, if the file cannot be used, or the static exporter cannot be built.
         *     An entry of the file that cannot be built does not keep the others from beginning: see
         *     {@link DynamicExporter#status}
         */
        public DynamicExporter build() {
            checkDurations();
            DynamicExporter exporter = new DynamicExporter(this);
            try {
                exporter.reloader.begin(startsWithoutFile);
            } catch (RuntimeException | Error e) {
                exporter.close();
                throw e;
            }
            if (exporter.watch != null) {
                exporter.watch.start();
            }
            return exporter;
        }

        /**
         * What the exporter would begin with if its file were this one, the static exporter included. Opens nothing.
         *
         * @return the plan; without steps, if the file cannot be used
         */
        public Plan check(Path flowLogsFile) {
            return reloader(new ExporterGroup(List.of())).check(requireNonNull(flowLogsFile, "flowLogsFile"));
        }

        /** What the exporter would begin with, as {@link #check(Path)}. */
        public Plan check(FlowLogs flowLogs) {
            return reloader(new ExporterGroup(List.of())).check(requireNonNull(flowLogs, "flowLogs"));
        }

        private Reloader reloader(ExporterGroup group) {
            EntryExporters exporters = new EntryExporters(sinks, customizer);
            Reconciler reconciler = new Reconciler(group, exporters, clock, drainTimeout);
            return new Reloader(file, unknownKeys, staticExporter, reconciler, clock);
        }

        private void checkDurations() {
            Problems problems = new Problems();
            if (pollInterval.isNegative()) {
                problems.add("pollInterval", pollInterval.toString(), "must not be negative");
            }
            if (drainTimeout.isNegative()) {
                problems.add("drainTimeout", drainTimeout.toString(), "must not be negative");
            }
            problems.throwIfAny();
        }
    }
}
