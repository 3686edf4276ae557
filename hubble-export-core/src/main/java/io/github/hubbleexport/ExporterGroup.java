package io.github.hubbleexport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Several exporters that get the same events: an event is taken in once, scanned once for all filters and once for all
 * encoders, and each exporter counts it, filters it, and writes its own line of it, byte for byte as it would alone.
 * Their number may change while events come in.
 *
 * <p>Threads, failure and ownership: as {@link FlowExporter}. {@code export} reads one immutable set of exporters, and
 * takes no lock of the group. What one exporter does with an event, or fails to do, does not reach another; a hook that
 * replaces an event does so for its own exporter. Where delivery is strict and fails, the other exporters get the event
 * before the exception comes out.
 *
 * <p>The outcome of an event is {@code LOST} if one exporter lost it, else {@code BUFFERED} or {@code WRITTEN} if one
 * has it, else {@code STOPPED} if the hooks of one stopped it, else {@code FILTERED}. A group without exporters filters
 * every event.
 *
 * <p>The group does not own its exporters: closing them is for who built them, after they have left the group.
 */
public final class ExporterGroup extends EventDoors<GroupScratch> {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final List<Readers> lingering = new ArrayList<>();
    private volatile GroupScan scan;

    /**
     * A group of these exporters.
     *
     * @param exporters none of them twice; may be empty
     * @throws IllegalArgumentException if one is there twice
     */
    public ExporterGroup(List<FlowExporter> exporters) {
        super(GroupScratch::new);
        this.scan = newScan(exporters);
    }

    private static GroupScan newScan(List<FlowExporter> exporters) {
        if (exporters.stream().distinct().count() < exporters.size()) {
            throw new IllegalArgumentException("an exporter is there twice");
        }
        return new GroupScan(exporters);
    }

    /** The exporters that get the events that come in now. */
    public List<FlowExporter> exporters() {
        return scan.exporters();
    }

    /**
     * Puts other exporters in the place of those that are here, and waits until no event is on its way to the earlier
     * ones. Each event goes either to all earlier exporters or to all new ones; an exporter that is among both misses
     * none and gets none twice. Not to be called from a hook, a filter or a sink: an event that waits for its own end
     * waits for the time-out.
     *
     * @param exporters none of them twice; may be empty
     * @param timeout how long to wait at most for events on their way
     * @return whether the earlier exporters will get no more events; false: the time-out came first, and events that a
     *     sink holds up are still on their way
     * @throws IllegalArgumentException if one is there twice; nothing has changed then
     */
    public boolean replace(List<FlowExporter> exporters, Duration timeout) {
        return awaitQuiet(swap(newScan(exporters)), timeout.toNanos());
    }

    /** Those that may still have an event on its way: of the scan that was in place, and of any before that waits on. */
    private synchronized List<Readers> swap(GroupScan next) {
        lingering.removeIf(Readers::isQuiet);
        lingering.add(scan.readers);
        scan = next;
        return List.copyOf(lingering);
    }

    private static boolean awaitQuiet(List<Readers> readers, long nanos) {
        long start = System.nanoTime();
        boolean interrupted = false;
        boolean quiet = areQuiet(readers);
        while (!quiet && System.nanoTime() - start < nanos) {
            LockSupport.parkNanos(PAUSE_NANOS);
            // Parking returns at once in an interrupted thread.
            interrupted |= Thread.interrupted();
            quiet = areQuiet(readers);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return quiet;
    }

    private static boolean areQuiet(List<Readers> readers) {
        return readers.stream().allMatch(Readers::isQuiet);
    }

    @Override
    void received() {
        // Each exporter counts it when it is known which ones there are.
    }

    /** Who was to get the event has not counted it yet, since what comes later throws nothing but for strict delivery. */
    @Override
    ExportOutcome failed(Throwable e) {
        if (e instanceof StrictDeliveryException strict) {
            throw strict;
        }
        return scan.fault(e);
    }

    @Override
    ExportOutcome run(GroupScratch scratch) {
        while (true) {
            GroupScan current = scan;
            int place = current.readers.enter();
            try {
                // Who replaces the scan looks for readers afterwards: a reader that still finds it here is seen.
                if (current == scan) {
                    scratch.follow(current);
                    return current.run(scratch);
                }
            } finally {
                current.readers.leave(place);
            }
        }
    }

    /** The names and the compiled configurations of the exporters. */
    @Override
    public String toString() {
        return scan.toString();
    }
}
