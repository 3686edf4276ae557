package io.github.hubbleexport.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.sink.RotatingSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Cilium's ConfigMap says of exporters: the static one, by the keys {@code hubble-export-…}, and the flowlogs file of
 * the dynamic ones, by {@code hubble-flowlogs-config-path} (upstream: {@code pkg/hubble/exporter/cell/cell.go}). Either may
 * be missing. Immutable.
 *
 * <p>Values are texts, as a ConfigMap has them. Keys of Cilium that are not about exporters are passed over; what begins
 * with {@code hubble-export-} or {@code hubble-flowlogs-} and is not known is refused.
 *
 * @param staticExporter the static exporter; null: no file is named
 * @param flowLogsFile the file of the dynamic ones; null: none is named
 */
public record CiliumConfig(
        @Nullable FlowLogConfig staticExporter, @Nullable Path flowLogsFile) {

    /** What the static exporter is called: {@value}. */
    public static final String STATIC_EXPORTER = "static-exporter";

    private static final String FILE_PATH = "hubble-export-file-path";
    private static final String MAX_SIZE_MB = "hubble-export-file-max-size-mb";
    private static final String MAX_BACKUPS = "hubble-export-file-max-backups";
    private static final String COMPRESS = "hubble-export-file-compress";
    private static final String ALLOW_LIST = "hubble-export-allowlist";
    private static final String DENY_LIST = "hubble-export-denylist";
    private static final String FIELD_MASK = "hubble-export-fieldmask";
    private static final String FIELD_AGGREGATE = "hubble-export-fieldaggregate";
    private static final String AGGREGATION_INTERVAL = "hubble-export-aggregation-interval";
    private static final String FLOW_LOGS = "hubble-flowlogs-config-path";

    private static final List<String> KEYS = List.of(
            FILE_PATH,
            MAX_SIZE_MB,
            MAX_BACKUPS,
            COMPRESS,
            ALLOW_LIST,
            DENY_LIST,
            FIELD_MASK,
            FIELD_AGGREGATE,
            AGGREGATION_INTERVAL,
            FLOW_LOGS);

    /**
     * Reads keys and values.
     *
     * @throws ConfigException with every problem
     */
    public static CiliumConfig of(Map<String, String> values) {
        Reader reader = new Reader(values);
        CiliumConfig config = reader.read();
        reader.problems.throwIfAny();
        return config;
    }

    /**
     * Reads a folder as Kubernetes mounts a ConfigMap: a file a key.
     *
     * @throws ConfigException with every problem
     * @throws IOException if the folder or a file of a key that counts cannot be read
     */
    public static CiliumConfig ofFolder(Path folder) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> isOurs(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            values.put(file.getFileName().toString(), new String(FlowLogs.content(file), UTF_8));
        }
        return of(values);
    }

    private static boolean isOurs(String key) {
        return key.startsWith("hubble-export-") || key.startsWith("hubble-flowlogs-");
    }

    /**
     * Describes an exporter of all this: it follows the flowlogs file, and has the static exporter beside its entries. An
     * entry of the file that names the static exporter's file is refused.
     */
    public DynamicExporter.Builder exporter() {
        DynamicExporter.Builder builder =
                flowLogsFile == null ? DynamicExporter.builder() : DynamicExporter.builder(flowLogsFile);
        return staticExporter == null ? builder : builder.staticExporter(staticExporter);
    }

    /** Reads one map. For one thread. */
    private static final class Reader {

        private final Map<String, String> values;
        private final Problems problems = new Problems();

        Reader(Map<String, String> values) {
            this.values = values;
        }

        CiliumConfig read() {
            values.keySet().stream()
                    .filter(key -> isOurs(key) && !KEYS.contains(key))
                    .forEach(key -> problems.add(key, "", "unknown key" + Nearest.hint(key, KEYS)));
            FlowLogConfig fixed = staticExporter();
            String file = text(FLOW_LOGS);
            return new CiliumConfig(text(FILE_PATH).isEmpty() ? null : fixed, file.isEmpty() ? null : Path.of(file));
        }

        /** Reads all of it even when no file is named, to tell what is wrong. */
        private FlowLogConfig staticExporter() {
            return FlowLogConfig.builder(STATIC_EXPORTER, text(FILE_PATH))
                    .fileMaxSizeMb(number(MAX_SIZE_MB, 1, RotatingSink.DEFAULT_MAX_FILE_SIZE_MB))
                    .fileMaxBackups(number(MAX_BACKUPS, 0, RotatingSink.DEFAULT_MAX_BACKUPS))
                    .fileCompress(flag())
                    .includeFilters(filters(
                            ALLOW_LIST, text -> FlowFilters.parse(text, "").allow()))
                    .excludeFilters(filters(
                            DENY_LIST, text -> FlowFilters.parse("", text).deny()))
                    .fieldMask(paths(FIELD_MASK))
                    .fieldAggregate(paths(FIELD_AGGREGATE))
                    .aggregationInterval(interval())
                    .build();
        }

        private String text(String key) {
            return values.getOrDefault(key, "").strip();
        }

        private int number(String key, int least, int defaultValue) {
            String text = text(key);
            try {
                int number = text.isEmpty() ? defaultValue : Integer.parseInt(text);
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, as what is too small is.
                return refuse(key, text, "expected a whole number, at least " + least, defaultValue);
            }
            return refuse(key, text, "must be at least " + least, defaultValue);
        }

        private <T> T refuse(String key, String value, String reason, T instead) {
            problems.add(key, value, reason);
            return instead;
        }

        /** As Go's {@code strconv.ParseBool}. */
        private boolean flag() {
            String text = text(COMPRESS);
            return switch (text) {
                case "1", "t", "T", "true", "TRUE", "True" -> true;
                case "", "0", "f", "F", "false", "FALSE", "False" -> false;
                default -> refuse(COMPRESS, text, "expected true or false", false);
            };
        }

        private List<FlowFilter> filters(String key, Function<String, List<FlowFilter>> parse) {
            try {
                return parse.apply(text(key));
            } catch (ConfigException e) {
                return rename(e, key.equals(ALLOW_LIST) ? "allowlist" : "denylist", key);
            }
        }

        private List<String> paths(String key) {
            try {
                return FlowMask.parse(text(key)).paths();
            } catch (ConfigException e) {
                return rename(e, "fieldmask", key);
            }
        }

        private <T> List<T> rename(ConfigException e, String theirName, String key) {
            for (Problem problem : e.problems()) {
                String path = problem.path().replaceFirst("^" + theirName, key);
                problems.add(path, problem.value(), problem.reason(), problem.line(), problem.column());
            }
            return new ArrayList<>();
        }

        private Duration interval() {
            String text = text(AGGREGATION_INTERVAL);
            Optional<Duration> interval = text.isEmpty() ? Optional.of(Duration.ZERO) : GoDuration.parse(text);
            boolean isRight = interval.isPresent() && !interval.get().isNegative();
            return isRight
                    ? interval.get()
                    : refuse(
                            AGGREGATION_INTERVAL,
                            text,
                            "expected a duration such as 30s or 1h30m, not negative",
                            Duration.ZERO);
        }
    }
}
