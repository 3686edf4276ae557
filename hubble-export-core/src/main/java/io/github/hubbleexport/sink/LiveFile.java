package io.github.hubbleexport.sink;

import java.nio.file.Path;
import java.time.Instant;

/** The file being written, as a {@link RotationPolicy} sees it; valid only while the policy is asked. */
public interface LiveFile {

    /** Where it is. */
    Path path();

    /** Bytes in it. */
    long size();

    /** When this sink began to write to it. */
    Instant openedAt();

    /** The time by the clock of the sink. */
    Instant now();
}
