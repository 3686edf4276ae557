package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.testkit.ModuleProbe;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Core as a module finds CEL, which cannot be one, on the class path. */
class CelModuleTest {

    private static final String FILTER = "{'experimental':{'cel_expression':['_flow.verdict == Verdict.DROPPED']}}";

    private static final List<Class<?>> MODULES = List.of(
            FlowFilters.class,
            FlowFilter.class,
            Message.class,
            Pattern.class,
            JsonFactory.class,
            JsonFormat.class,
            ObjectMapper.class);

    @Test
    void findsItOnTheClassPath() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        MODULES.stream().map(CelModuleTest::location).collect(Collectors.joining(File.pathSeparator)),
                        "--add-modules",
                        "io.github.hubbleexport.core",
                        "--class-path",
                        classPath(),
                        ModuleProbe.class.getName(),
                        FILTER.replace("'", "\""))
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        assertThat(output.strip()).isEqualTo("io.github.hubbleexport.core true");
    }

    /** What is not a module here; Surefire knows the class path better than the property of the JDK. */
    private static String classPath() {
        List<String> modules = MODULES.stream().map(CelModuleTest::location).toList();
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !modules.contains(Path.of(entry).toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
