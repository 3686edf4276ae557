package io.github.hubbleexport.config;

/** What becomes of keys of a flowlogs file that this version does not know. Fields of filters are always refused. */
public enum UnknownKeys {
    /** They are errors, with the nearest known key. */
    REFUSE,
    /** They are passed over, as Hubble does: a mistyped {@code includeFilters} exports everything. */
    IGNORE
}
