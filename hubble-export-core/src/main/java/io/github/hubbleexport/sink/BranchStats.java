package io.github.hubbleexport.sink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines that were offered to one sink of several. An immutable copy; when no line is being written,
 * {@code offered = written + lost + queued}.
 *
 * @param offered lines
 * @param written lines among them that are at the destination
 * @param lost lines among them that the sink did not take, or that its queue had no room for
 * @param queued lines among them that wait in its queue or are being written; always 0 where there is no queue
 * @param failures times the sink threw
 * @param lastFailure what it threw last, or null
 */
public record BranchStats(
        long offered,
        long written,
        long lost,
        long queued,
        long failures,
        @Nullable Throwable lastFailure) {

    /** The numbers by their names. */
    Map<String, Long> figures() {
        return Map.of("offered", offered, "written", written, "lost", lost, "queued", queued, "failures", failures);
    }
}
