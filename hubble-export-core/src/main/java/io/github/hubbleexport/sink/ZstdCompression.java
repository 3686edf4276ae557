package io.github.hubbleexport.sink;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Zstandard by {@code com.github.luben:zstd-jni}, which need not be there. */
final class ZstdCompression implements Compression {

    /** Also known to sinks that compress in another way or not at all, since the setting may have changed. */
    static final String SUFFIX = ".zst";

    /** What to add where it is missing. */
    static final String ARTIFACT = "com.github.luben:zstd-jni";

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public OutputStream open(OutputStream archive) throws IOException {
        return Library.open(archive);
    }

    /** Whether the library is there, and its native part runs on this machine. */
    static boolean works() {
        readClassPath();
        try (OutputStream out = Library.open(new ByteArrayOutputStream())) {
            out.write(0);
            return true;
        } catch (IOException | LinkageError e) {
            return false;
        }
    }

    /** Core as a module sees the library as a module by itself, and on the class path if it asks. */
    private static void readClassPath() {
        ClassLoader loader = ZstdCompression.class.getClassLoader();
        ZstdCompression.class.getModule().addReads(loader.getUnnamedModule());
    }

    /** The one class that needs the library; loaded when it is asked. */
    private static final class Library {

        private Library() {}

        static OutputStream open(OutputStream archive) throws IOException {
            return new ZstdOutputStream(archive).setChecksum(true);
        }
    }
}
