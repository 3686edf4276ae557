package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.encode.EventEncoder;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ErrorListener;
import io.github.hubbleexport.stats.StatusListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes an exporter and builds it. Everything has Hubble's default except where events go: that is either a file
 * path or a sink. Not safe for use by several threads; can build several exporters if each gets a destination of its
 * own.
 *
 * <p>Nothing is checked before {@link #build}, which reports everything that is wrong at once.
 */
public final class ExporterBuilder {

    /** How exporters are called in logs and errors unless told otherwise: {@value}. */
    public static final String DEFAULT_NAME = "exporter";

    /**
     * A batch with this many bytes is written out at once unless told otherwise: {@value}. Where batches begin and end in the
     * middle of a page, larger ones take the system less time a byte: with this many it is near that of whole pages.
     */
    public static final int DEFAULT_BATCH_BYTES = 256 * 1024;

    /** The most bytes that can be asked for as the size of a batch: {@value}. */
    public static final int MAX_BATCH_BYTES = 64 * 1024 * 1024;

    /** How long an event waits at most for its batch to fill unless told otherwise: a quarter of a second. */
    public static final Duration DEFAULT_FLUSH_INTERVAL = Duration.ofMillis(250);

    /** How long {@code close} waits at most unless told otherwise: half a minute. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    private String name = DEFAULT_NAME;
    private String allowText = "";
    private String denyText = "";
    private @Nullable FlowFilters filters;
    private Supplier<FlowMask> mask = FlowMask::all;
    private final FileSettings file = new FileSettings();
    private @Nullable Sink sink;
    private EventEncoder encoder = EventEncoder.jsonLines();
    private final List<ExportHook> hooks = new ArrayList<>();
    private @Nullable String nodeName;
    private @Nullable ErrorListener errorListener;
    private @Nullable StatusListener statusListener;
    private Delivery delivery = Delivery.direct();
    private @Nullable Integer batchBytes;
    private @Nullable Duration flushInterval;
    private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
    private boolean gapLines = true;
    private boolean closeOnShutdown;

    /** A builder with Hubble's defaults and no destination. */
    public ExporterBuilder() {}

    /** How logs and errors call the exporter; the default is {@value #DEFAULT_NAME}. */
    public ExporterBuilder name(String value) {
        name = requireNonNull(value, "name");
        return this;
    }

    /**
     * Only events that one of these filters matches are exported (Hubble: {@code hubble-export-allowlist}). The default
     * is empty: all are.
     *
     * @param filterList FlowFilters in JSON: an array, or one object after the other; or the YAML that
     *     {@code hubble observe --print-raw-filters} prints
     */
    public ExporterBuilder allowList(String filterList) {
        allowText = requireNonNull(filterList, "filterList");
        return this;
    }

    /**
     * Events that one of these filters matches are not exported (Hubble: {@code hubble-export-denylist}).
     *
     * @param filterList as for {@link #allowList}
     */
    public ExporterBuilder denyList(String filterList) {
        denyText = requireNonNull(filterList, "filterList");
        return this;
    }

    /**
     * The two lists in one, compiled already, in place of {@link #allowList} and {@link #denyList}.
     *
     * @param compiled for example {@link FlowFilters#of} lists of {@link FlowFilter}
     */
    public ExporterBuilder filters(FlowFilters compiled) {
        filters = requireNonNull(compiled, "compiled");
        return this;
    }

    /**
     * Only these fields of a flow are exported (Hubble: {@code hubble-export-fieldmask}). The default is empty: all are.
     *
     * @param paths separated by white space or commas, see {@link FlowMask}
     */
    public ExporterBuilder fieldMask(String paths) {
        requireNonNull(paths, "paths");
        mask = () -> FlowMask.parse(paths);
        return this;
    }

    /**
     * Only these fields of a flow are exported.
     *
     * @param paths see {@link FlowMask}; none: all fields
     */
    public ExporterBuilder fieldMask(List<String> paths) {
        List<String> copy = List.copyOf(paths);
        mask = () -> FlowMask.of(copy);
        return this;
    }

    /**
     * A file that is rotated (Hubble: {@code hubble-export-file-path}). It is created with the first event, folders
     * included, and appended to when it exists.
     */
    public ExporterBuilder filePath(Path path) {
        file.path = requireNonNull(path, "path");
        return this;
    }

    /** The size at which the file is rotated, in MiB, at least 1; the default is 10. Only with {@link #filePath}. */
    public ExporterBuilder maxFileSizeMb(int mebibytes) {
        file.maxFileSizeMb = mebibytes;
        return this;
    }

    /** How many rotated files are kept, at least 0, which keeps all; the default is 5. Only with {@link #filePath}. */
    public ExporterBuilder maxBackups(int backups) {
        file.maxBackups = backups;
        return this;
    }

    /** Whether rotated files are compressed with gzip; the default is no. Only with {@link #filePath}. */
    public ExporterBuilder compress(boolean gzip) {
        file.compress = gzip;
        return this;
    }

    /** Where events go, in place of {@link #filePath}. The exporter that is built owns the sink and closes it. */
    public ExporterBuilder sink(Sink destination) {
        sink = requireNonNull(destination, "destination");
        return this;
    }

    /** The format in which events leave; the default is {@link EventEncoder#jsonLines}. */
    public ExporterBuilder encoder(EventEncoder format) {
        encoder = requireNonNull(format, "format");
        return this;
    }

    /** Adds a hook; hooks see the events that pass the filters, in the order in which they were added. */
    public ExporterBuilder hook(ExportHook hook) {
        hooks.add(requireNonNull(hook, "hook"));
        return this;
    }

    /**
     * What events without a node name are said to come from. Written as the event's node name, outside the flow, unless
     * the field mask leaves out node names. The default is nothing.
     */
    public ExporterBuilder nodeName(String value) {
        nodeName = requireNonNull(value, "nodeName");
        return this;
    }

    /** Who hears of losses, besides the log. The default is nobody. */
    public ExporterBuilder errorListener(ErrorListener listener) {
        errorListener = requireNonNull(listener, "listener");
        return this;
    }

    /** Who hears of changes of state: degraded, healthy again, closed. The default is nobody. */
    public ExporterBuilder statusListener(StatusListener listener) {
        statusListener = requireNonNull(listener, "listener");
        return this;
    }

    /** How events get to the sink; the default is {@link Delivery#direct}. */
    public ExporterBuilder delivery(Delivery how) {
        delivery = requireNonNull(how, "how");
        return this;
    }

    /**
     * The size from which a batch is written out as soon as the sink is free, in bytes, 1 to {@value #MAX_BATCH_BYTES}; the
     * default is {@value #DEFAULT_BATCH_BYTES}. With 1, events of one thread are written one by one. Out of a queue batches
     * are at most so large, single events apart. Not with {@link Delivery#strict}.
     */
    public ExporterBuilder batchBytes(int bytes) {
        batchBytes = bytes;
        return this;
    }

    /**
     * How long an event waits at most for its batch to fill, above 0 and up to an hour; the default is 250 ms. Not with
     * {@link Delivery#strict}.
     */
    public ExporterBuilder flushInterval(Duration interval) {
        flushInterval = requireNonNull(interval, "interval");
        return this;
    }

    /** How long {@link FlowExporter#close()} waits at most, 0 to an hour; the default is half a minute. */
    public ExporterBuilder closeTimeout(Duration limit) {
        closeTimeout = requireNonNull(limit, "limit");
        return this;
    }

    /**
     * Whether a line in the output tells of events that delivery lost: before the next event that is written, an ordinary
     * {@code lost_events} event with their number and the times of the first and the last loss. The default is yes. Where
     * nothing is lost in delivery the output is the same with and without. Events that Go refuses as well, and those of which
     * a hook or a fault in this library deprived the output, are not told of.
     */
    public ExporterBuilder gapLines(boolean tell) {
        gapLines = tell;
        return this;
    }

    /**
     * Whether the exporter is closed when the JVM ends in an orderly way; until it is closed, the JVM holds on to it. The
     * default is no: a host with a lifecycle closes it itself, and shutdown hooks run side by side.
     */
    public ExporterBuilder closeOnShutdown(boolean close) {
        closeOnShutdown = close;
        return this;
    }

    /**
     * Builds the exporter. When it fails, nothing was opened or created, and a given sink is still the caller's.
     *
     * @return the exporter, ready for events
     * @throws ConfigException with every problem, each with its place, the value and the reason
     */
    public FlowExporter build() {
        Problems problems = new Problems();
        checkNumbers(problems);
        FlowFilters compiled = orNull(this::compileFilters, problems);
        FlowMask paths = orNull(mask, problems);
        file.checkDestination(sink, problems);
        RotatingSink rotating = file.path == null || sink != null ? null : orNull(file::open, problems);
        if (!problems.isEmpty() && rotating != null) {
            closeEmpty(rotating);
        }
        problems.throwIfAny();
        return exporter(
                requireNonNull(compiled, "filters"),
                requireNonNull(paths, "mask"),
                rotating == null ? requireNonNull(sink, "sink") : rotating);
    }

    private static void closeEmpty(RotatingSink sink) {
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a sink without lines has lines that are not on the disk", e);
        }
    }

    private void checkNumbers(Problems problems) {
        if (name.isBlank()) {
            problems.add("name", name, "an exporter needs a name");
        }
        checkBatches(problems);
        delivery.check(problems);
        if (closeTimeout.isNegative() || closeTimeout.compareTo(MAX_INTERVAL) > 0) {
            problems.add("closeTimeout", closeTimeout.toString(), "expected 0 to an hour");
        }
    }

    private void checkBatches(Problems problems) {
        if (batchBytes != null && (batchBytes < 1 || batchBytes > MAX_BATCH_BYTES)) {
            problems.add("batchBytes", batchBytes.toString(), "expected 1 to " + MAX_BATCH_BYTES);
        }
        if (flushInterval != null
                && (flushInterval.isNegative()
                        || flushInterval.isZero()
                        || flushInterval.compareTo(MAX_INTERVAL) > 0)) {
            problems.add("flushInterval", flushInterval.toString(), "expected more than 0 and at most an hour");
        }
        if (delivery.mode() == Delivery.Mode.STRICT) {
            refuseIfStrict("batchBytes", batchBytes, problems);
            refuseIfStrict("flushInterval", flushInterval, problems);
        }
    }

    private static void refuseIfStrict(String setting, @Nullable Object value, Problems problems) {
        if (value != null) {
            problems.add(setting, value.toString(), "strict delivery gathers no batches");
        }
    }

    private FlowFilters compileFilters() {
        if (filters == null) {
            return FlowFilters.parse(allowText, denyText);
        }
        if (!allowText.isBlank() || !denyText.isBlank()) {
            Problems problems = new Problems();
            problems.add("filters", filters.toString(), "given together with an allow or deny list; choose one");
            problems.throwIfAny();
        }
        return filters;
    }

    private static <T> @Nullable T orNull(Supplier<T> part, Problems problems) {
        try {
            return part.get();
        } catch (ConfigException e) {
            problems.addAll(e);
            return null;
        }
    }

    private FlowExporter exporter(FlowFilters compiled, FlowMask paths, Sink destination) {
        return new ExporterAssembly(
                        name,
                        configuration(compiled, paths, destination),
                        encoder.compile(paths, nodeName),
                        destination,
                        errorListener,
                        statusListener)
                .exporter(compiled, hooks);
    }

    private ExporterConfiguration configuration(FlowFilters compiled, FlowMask paths, Sink destination) {
        return new ExporterConfiguration(
                compiled.allowText(),
                compiled.denyText(),
                paths.toString(),
                encoder.toString(),
                hooks.size(),
                Optional.ofNullable(nodeName),
                destination.toString(),
                destination.settings(),
                delivery,
                batchBytes == null ? DEFAULT_BATCH_BYTES : batchBytes,
                flushInterval == null ? DEFAULT_FLUSH_INTERVAL : flushInterval,
                closeTimeout,
                gapLines,
                closeOnShutdown);
    }
}
