package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.testkit.ZstdProbe;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Core as a module finds the library for zstd on the class path, and as a module. */
final class ZstdModuleTest {

    private static final List<Class<?>> MODULES = List.of(
            RotatingSink.class,
            FlowFilter.class,
            Message.class,
            Pattern.class,
            JsonFormat.class,
            JsonFactory.class,
            ObjectMapper.class);

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @TempDir
    private Path folder;

    @Test
    void findsItOnTheClassPath() throws IOException, InterruptedException {
        assertThat(output(MODULES, List.of(ZstdProbe.class, Zstd.class), "io.github.hubbleexport.core"))
                .isEqualTo("io.github.hubbleexport.core .zst");
    }

    @Test
    void findsItAsAModule() throws IOException, InterruptedException {
        List<Class<?>> modules = new ArrayList<>(MODULES);
        modules.add(Zstd.class);
        String roots = "io.github.hubbleexport.core,com.github.luben.zstd_jni";
        assertThat(output(modules, List.of(ZstdProbe.class), roots)).isEqualTo("io.github.hubbleexport.core .zst");
    }

    private String output(List<Class<?>> modules, List<Class<?>> classPath, String roots)
            throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        path(modules),
                        "--add-modules",
                        roots,
                        "--class-path",
                        path(classPath),
                        ZstdProbe.class.getName(),
                        folder.resolve("events.log").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        // Newer JVMs first warn of the native library.
        return output.strip().lines().reduce("", (before, line) -> line);
    }

    private static String path(List<Class<?>> types) {
        return types.stream()
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .map(place -> Path.of(place).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
