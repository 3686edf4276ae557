package io.github.hubbleexport.sink;

import java.io.IOException;
import java.io.OutputStream;

/** A way to make backups smaller. Used by the background thread only. */
public interface Compression {

    /** What a compressed backup has behind its name, such as {@code .gz}; not empty, without a slash. */
    String suffix();

    /**
     * Opens a compressing stream on another. Closing it must write all that is left and close the other.
     *
     * @throws IOException if the stream cannot be opened
     */
    OutputStream open(OutputStream archive) throws IOException;

    /** Gzip, as Hubble's own backups. */
    static Compression gzip() {
        return new GzipCompression();
    }

    /**
     * Zstandard, with checksums: of gzip's size and much faster. It needs {@code com.github.luben:zstd-jni}
     * at run time; where that is missing, or its native part does not run, building a sink with this is refused.
     */
    static Compression zstd() {
        return new ZstdCompression();
    }
}
