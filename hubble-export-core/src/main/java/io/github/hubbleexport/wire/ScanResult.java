package io.github.hubbleexport.wire;

/** How a scan ended. */
public enum ScanResult {
    /** Every wanted field is in its slot. */
    COMPLETE,
    /** Well-formed so far, but something has to be merged: {@link ScannedEvent#parse()} does it. */
    NEEDS_PARSING,
    /** Not the bytes of an event. */
    MALFORMED
}
