package io.github.hubbleexport.sink;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link RotatingSink} did so far. An immutable copy; its numbers were read one after the other and may be a
 * moment apart.
 *
 * @param lines lines written, in this process
 * @param bytes bytes of these lines
 * @param oversizeLines lines that were longer than a whole file may be: written alone, or dropped, see {@link Oversize}
 * @param droppedLines lines among these that were dropped
 * @param rotations files put away
 * @param reopened times the live file had been deleted, moved or replaced by others and was opened again by its path
 * @param repairs times half a line was cut off or ended with a newline
 * @param compressions backups compressed
 * @param deletions backups deleted because the retention said so
 * @param notDurableLines lines among those written of which it is not known that they are on the disk, because
 *     {@link Fsync} asked for that and it failed
 * @param failures failed operations by kind; kinds without a failure are absent
 */
public record RotatingSinkStats(
        long lines,
        long bytes,
        long oversizeLines,
        long droppedLines,
        long rotations,
        long reopened,
        long repairs,
        long compressions,
        long deletions,
        long notDurableLines,
        Map<SinkOperation, Long> failures) {

    /** Copies the map. */
    public RotatingSinkStats {
        failures = Map.copyOf(failures);
    }

    Map<String, Long> figures() {
        Map<String, Long> figures = new TreeMap<>(Map.of(
                "lines", lines,
                "bytes", bytes,
                "oversizeLines", oversizeLines,
                "droppedLines", droppedLines,
                "rotations", rotations,
                "reopened", reopened,
                "repairs", repairs,
                "compressions", compressions,
                "deletions", deletions,
                "notDurableLines", notDurableLines));
        failures.forEach(
                (operation, count) -> figures.put("failures." + operation.name().toLowerCase(Locale.ROOT), count));
        return Collections.unmodifiableMap(figures);
    }

    /** Failures of one kind. */
    public long failures(SinkOperation operation) {
        return failures.getOrDefault(operation, 0L);
    }
}
