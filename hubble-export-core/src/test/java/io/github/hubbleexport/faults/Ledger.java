package io.github.hubbleexport.faults;

import io.github.hubbleexport.sink.RotationListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/**
 * Reads every backup before it is deleted, and keeps what is needed to tell later whether all was in order. Holds up the
 * writer when backups come faster than they are read, so that a run of any length needs little disk.
 */
final class Ledger implements RotationListener {

    /** Backups that stay on the disk. */
    static final int KEPT = 10;

    private static final int MOST_UNREAD = 64;

    private final Semaphore room = new Semaphore(MOST_UNREAD);
    private final ConcurrentNavigableMap<String, Page> pages = new ConcurrentSkipListMap<>();

    /** What stood in one file. */
    private record Page(long events, long reportedLost, List<String> faults, Map<String, Span> spans) {}

    /** The first and last number of one writer in one file. */
    private record Span(int first, int last) {}

    @Override
    public void rotated(Path live, Path backup) {
        room.acquireUninterruptibly();
    }

    @Override
    public void deleting(Path backup) {
        try {
            if (pages.putIfAbsent(Trail.nameOf(backup), page(backup)) == null) {
                room.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until no more backups are on the disk than are to stay there. */
    void awaitDeletions() throws InterruptedException {
        room.acquire(MOST_UNREAD - KEPT);
        room.release(MOST_UNREAD - KEPT);
    }

    /** Reads what is still on the disk, when nobody writes any more. */
    void readRest(Path live) throws IOException {
        for (Path backup : Trail.backups(live)) {
            pages.put(Trail.nameOf(backup), page(backup));
        }
        if (Files.exists(live)) {
            pages.put("the live file, behind all: " + live, page(live));
        }
    }

    long events() {
        return pages.values().stream().mapToLong(Page::events).sum();
    }

    /** Events that lines in the files report as lost. */
    long reportedLost() {
        return pages.values().stream().mapToLong(Page::reportedLost).sum();
    }

    int files() {
        return pages.size();
    }

    /** Everything that is torn, doubled or out of order. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        pages.forEach((name, page) -> {
            faults.addAll(page.faults());
            page.spans().forEach((writer, span) -> {
                if (span.first() <= last.getOrDefault(writer, -1)) {
                    faults.add(writer + " goes back to " + span.first() + " in " + name);
                }
                last.put(writer, span.last());
            });
        });
        return faults;
    }

    private static Page page(Path file) throws IOException {
        Trail trail = new Trail();
        trail.read(file);
        List<String> faults = new ArrayList<>(trail.torn);
        faults.addAll(trail.unfinished);
        faults.addAll(trail.disorder());
        Map<String, Span> spans = new HashMap<>();
        trail.numbers.forEach((writer, all) -> spans.put(writer, new Span(all.get(0), trail.last(writer))));
        return new Page(trail.events, trail.reportedLost, faults, spans);
    }
}
