package io.github.hubbleexport.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The file being written, as a {@link RotationPolicy} sees it; valid only while the policy is asked. */
public interface LiveFile {

    /** Where it is. */
    Path path();

    /** Bytes in it. */
    long size();

    /** When this sink began to write to it. */
    Instant openedAt();

    /**
     * Since when it has lines: when it was opened, or, if lines were found in it then, the time of the last change before.
     */
    Instant since();

    /** How long ago that is; the time that this sink has had it open is measured without the clock, which may be set. */
    Duration age();

    /** The time by the clock of the sink. */
    Instant now();
}
