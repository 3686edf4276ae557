package io.github.hubbleexport.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip by the JDK. */
final class GzipCompression implements Compression {

    /** Also known to sinks that compress in another way or not at all, since the setting may have changed. */
    static final String SUFFIX = ".gz";

    private static final int BUFFER = 64 * 1024;

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public OutputStream open(OutputStream archive) throws IOException {
        return new GZIPOutputStream(archive, BUFFER);
    }
}
