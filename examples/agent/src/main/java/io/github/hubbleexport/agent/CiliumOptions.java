package io.github.hubbleexport.agent;

import io.github.hubbleexport.config.CiliumConfig;
import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Static and dynamic exporters, under the names of the Cilium agent's flags, or from its ConfigMap. */
final class CiliumOptions {

    private static final String CONFIG_DIR = "--config-dir";
    private static final String PREFIX = "--";
    private static final String FLOW_LOGS = "hubble-flowlogs-config-path";
    private static final CiliumConfig NOTHING = new CiliumConfig(null, null);

    @Option(
            names = CONFIG_DIR,
            paramLabel = "FOLDER",
            description = "Read the options that begin with --hubble from this folder instead, a file each, as"
                    + " Kubernetes mounts Cilium's ConfigMap.")
    private @Nullable String configDir;

    private final Map<String, String> values = new LinkedHashMap<>();

    CiliumOptions() {}

    @Option(
            names = PREFIX + FLOW_LOGS,
            paramLabel = "FILE",
            description = "The file with the flow logs, in YAML or JSON. It is followed.")
    void flowLogs(String value) {
        values.put(FLOW_LOGS, value);
    }

    @Option(
            names = FileOptions.PATH_FLAG,
            paramLabel = "FILE",
            description = "Beside the flow logs, a static exporter to this file or to 'stdout'; the other"
                    + " --hubble-export options are its.")
    void filePath(String value) {
        values.put("hubble-export-file-path", value);
    }

    @Option(names = FileOptions.SIZE_FLAG, paramLabel = "MB", description = "Size at which the file is rotated (10).")
    void maxSize(String value) {
        values.put("hubble-export-file-max-size-mb", value);
    }

    @Option(names = FileOptions.BACKUPS_FLAG, paramLabel = "N", description = "Rotated files to keep (5); 0 keeps all.")
    void maxBackups(String value) {
        values.put("hubble-export-file-max-backups", value);
    }

    @Option(
            names = "--hubble-export-file-compress",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Compress rotated files with gzip.")
    void compress(String value) {
        values.put("hubble-export-file-compress", value);
    }

    @Option(names = "--hubble-export-allowlist", paramLabel = "FILTERS", description = "Export only what one matches.")
    void allowList(String value) {
        values.put("hubble-export-allowlist", value);
    }

    @Option(names = "--hubble-export-denylist", paramLabel = "FILTERS", description = "Do not export what one matches.")
    void denyList(String value) {
        values.put("hubble-export-denylist", value);
    }

    @Option(names = "--hubble-export-fieldmask", paramLabel = "PATHS", description = "Export only these fields.")
    void fieldMask(String value) {
        values.put("hubble-export-fieldmask", value);
    }

    @Option(
            names = "--hubble-export-fieldaggregate",
            paramLabel = "PATHS",
            description = "Merge flows that agree in these fields; refused by this version.")
    void fieldAggregate(String value) {
        values.put("hubble-export-fieldaggregate", value);
    }

    @Option(
            names = "--hubble-export-aggregation-interval",
            paramLabel = "DURATION",
            description = "How long flows are merged, such as 30s.")
    void aggregationInterval(String value) {
        values.put("hubble-export-aggregation-interval", value);
    }

    /** What was said; of no use if there are problems. */
    CiliumConfig read(Problems problems) {
        CiliumConfig config = Checked.orNull(() -> config(problems), problems);
        if (config == null || !problems.isEmpty()) {
            return NOTHING;
        }
        if (config.flowLogsFile() == null && config.staticExporter() == null) {
            problems.add(
                    PREFIX + FLOW_LOGS,
                    "",
                    "is missing; name a flowlogs file, or with " + FileOptions.PATH_FLAG + " a file to export to");
        }
        return config;
    }

    private CiliumConfig config(Problems problems) {
        String folder = configDir;
        try {
            if (folder == null) {
                return CiliumConfig.of(values);
            }
            values.forEach((key, value) ->
                    problems.add(PREFIX + key, value, CONFIG_DIR + " is given; say it there, or leave that out"));
            return CiliumConfig.ofFolder(Path.of(folder));
        } catch (InvalidPathException e) {
            problems.add(
                    folder == null ? PREFIX + FLOW_LOGS : CONFIG_DIR, e.getInput(), "is no path: " + e.getReason());
        } catch (IOException e) {
            problems.add(CONFIG_DIR, String.valueOf(folder), "cannot be read: " + e);
        }
        return NOTHING;
    }
}
