package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.ScannedEvent;

/** Writes one record after the other into a buffer that it uses again. For one thread at a time. */
public interface RecordWriter {

    /**
     * Writes the record of an event in place of the one before.
     *
     * @param event a scanned event
     * @return whether the record is complete; if not, the buffer holds nothing of use
     */
    EncodeResult write(ScannedEvent event);

    /** The buffer; its first {@link #length()} bytes are the record, until the next one is written. */
    byte[] bytes();

    /** How long the record is, its end of line included. */
    int length();
}
