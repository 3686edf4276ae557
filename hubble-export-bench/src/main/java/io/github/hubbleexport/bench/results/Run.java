package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.bench.Corpus;
import io.github.hubbleexport.bench.FilesBenchmark;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark with some values of its parameters, or with all.
 *
 * @param benchmark its class
 * @param methods a regular expression for the methods
 * @param slow whether the JVM needs long to compile it
 * @param values by parameter; parameters that are not named have all of their values
 */
record Run(Class<?> benchmark, String methods, boolean slow, Map<String, String[]> values) {

    static Run of(Class<?> benchmark) {
        return new Run(benchmark, "\\w+", false, Map.of());
    }

    Run with(String parameter, String... chosen) {
        Map<String, String[]> more = new LinkedHashMap<>(values);
        more.put(parameter, chosen);
        return new Run(benchmark, methods, slow, more);
    }

    Run only(String method) {
        return new Run(benchmark, method, slow, values);
    }

    Run slowly() {
        return new Run(benchmark, methods, true, values);
    }

    Options options(Preset preset, Path corpus) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\." + methods + "$")
                .forks(preset.forks())
                .jvmArgsAppend("-D" + Corpus.FILE_PROPERTY + "=" + corpus)
                .warmupIterations(preset.warmups(slow))
                .warmupTime(TimeValue.milliseconds(preset.milliseconds(writesFiles())))
                .measurementIterations(preset.measurements(writesFiles()))
                .measurementTime(TimeValue.milliseconds(preset.milliseconds(writesFiles())))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        values.forEach(options::param);
        if (writesFiles()) {
            options.operationsPerInvocation(preset.events());
        }
        return options.build();
    }

    private boolean writesFiles() {
        return FilesBenchmark.class.isAssignableFrom(benchmark);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(benchmark.getSimpleName());
        values.forEach((parameter, chosen) ->
                text.append(' ').append(parameter).append('=').append(String.join(",", chosen)));
        return text.toString();
    }
}
