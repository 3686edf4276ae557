package io.github.hubbleexport.encode;

/** How the writing of a record ended. */
public enum EncodeResult {
    /** The record is complete. */
    DONE,
    /** A string that was to be written is not UTF-8: Go refuses to decode such an event. */
    UNDECODABLE,
    /** A value has no form in the output, such as a time before the year 1: Go refuses to encode such an event. */
    UNENCODABLE
}
