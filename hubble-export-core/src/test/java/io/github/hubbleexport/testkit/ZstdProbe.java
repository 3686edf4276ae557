package io.github.hubbleexport.testkit;

import io.github.hubbleexport.sink.Compression;
import io.github.hubbleexport.sink.RotatingSink;
import java.io.IOException;
import java.nio.file.Path;

/** A program on the class path over core as a module; it prints which module, and what compresses its backups. */
public final class ZstdProbe {

    private ZstdProbe() {}

    /** Takes a file that need not exist. */
    public static void main(String[] arguments) throws IOException {
        Compression zstd = Compression.zstd();
        try (RotatingSink sink =
                RotatingSink.builder(Path.of(arguments[0])).compression(zstd).build()) {
            System.out.println(sink.getClass().getModule().getName() + " " + zstd.suffix());
        }
    }
}
