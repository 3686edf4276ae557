package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The library for zstd is optional: without it all else works, and a sink that is to use it is refused with its name. */
class WithoutZstdTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @TempDir
    private Path folder;

    @Test
    void namesTheArtifactToAdd() throws IOException, ReflectiveOperationException {
        URL[] urls = {url(ClassPath.of(RotatingSink.class))};
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            assertThat(build(loader, "gzip")).isInstanceOf(AutoCloseable.class);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> build(loader, "zstd"))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessageContaining("compression")
                        .hasMessageContaining("add com.github.luben:zstd-jni");
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Builds a sink with classes that do not see the library, and closes it. */
    private Object build(ClassLoader loader, String compression) throws ReflectiveOperationException {
        Class<?> compressions = loader.loadClass(Compression.class.getName());
        Object builder = loader.loadClass(RotatingSink.class.getName())
                .getMethod("builder", Path.class)
                .invoke(null, folder.resolve("events.log"));
        Object how = compressions.getMethod(compression).invoke(null);
        builder.getClass().getMethod("compression", compressions).invoke(builder, how);
        Method build = builder.getClass().getMethod("build");
        Object sink = build.invoke(builder);
        sink.getClass().getMethod("close").invoke(sink);
        return sink;
    }

    private static URL url(String path) throws MalformedURLException {
        return new File(path).toURI().toURL();
    }
}
