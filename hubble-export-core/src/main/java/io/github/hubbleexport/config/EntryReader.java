package io.github.hubbleexport.config;

import io.github.hubbleexport.document.Node;
import io.github.hubbleexport.document.Node.Kind;
import io.github.hubbleexport.document.Node.Member;
import io.github.hubbleexport.filter.FilterNodes;
import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.sink.RotatingSink;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one map as Go's JSON decoder reads them into a struct: names in any case, null leaves the default,
 * numbers and booleans become texts where a text is wanted. For one map and one thread.
 */
final class EntryReader {

    static final String NAME = "name";
    static final String FILE_PATH = "filePath";
    static final String FIELD_MASK = "fieldMask";
    static final String FIELD_AGGREGATE = "fieldAggregate";
    static final String AGGREGATION_INTERVAL = "aggregationInterval";
    static final String INCLUDE_FILTERS = "includeFilters";
    static final String EXCLUDE_FILTERS = "excludeFilters";
    static final String FILE_MAX_SIZE_MB = "fileMaxSizeMb";
    static final String FILE_MAX_BACKUPS = "fileMaxBackups";
    static final String FILE_COMPRESS = "fileCompress";
    static final String END = "end";

    private static final List<String> KEYS = List.of(
            NAME,
            FILE_PATH,
            FIELD_MASK,
            FIELD_AGGREGATE,
            AGGREGATION_INTERVAL,
            INCLUDE_FILTERS,
            EXCLUDE_FILTERS,
            FILE_MAX_SIZE_MB,
            FILE_MAX_BACKUPS,
            FILE_COMPRESS,
            END);

    /** In place of a number of backups: all of them. */
    private static final String ALL = "all";

    private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

    private final Node map;
    private final String path;
    private final Problems problems;

    EntryReader(Node map, String path, Problems problems) {
        this.map = map;
        this.path = path;
        this.problems = problems;
    }

    /** The entry; what has a problem has its default. */
    FlowLogConfig read(UnknownKeys unknownKeys) {
        checkKeys(KEYS, unknownKeys);
        return new FlowLogConfig(
                text(NAME),
                text(FILE_PATH),
                texts(FIELD_MASK),
                texts(FIELD_AGGREGATE),
                duration(AGGREGATION_INTERVAL),
                filters(INCLUDE_FILTERS),
                filters(EXCLUDE_FILTERS),
                number(FILE_MAX_SIZE_MB, RotatingSink.DEFAULT_MAX_FILE_SIZE_MB),
                backups(),
                flag(FILE_COMPRESS),
                moment(END));
    }

    void checkKeys(List<String> known, UnknownKeys unknownKeys) {
        for (Member member : map.members()) {
            boolean isKnown = known.stream().anyMatch(key -> key.equalsIgnoreCase(member.name()));
            if (!isKnown && unknownKeys == UnknownKeys.REFUSE) {
                String reason = "unknown key" + Nearest.hint(member.name(), known);
                problems.add(at(member.name()), "", reason, member.line(), member.column());
            }
        }
    }

    /** What stands behind a key; null if the key is not there, or null is. */
    @Nullable
    Node find(String key) {
        List<Member> found = map.members().stream()
                .filter(member -> member.name().equalsIgnoreCase(key))
                .toList();
        if (found.size() > 1) {
            List<String> names = found.stream().map(Member::name).toList();
            refuse(key, found.get(1).value(), "stands there in several spellings: " + String.join(", ", names));
        }
        return found.isEmpty() || found.get(0).value().is(Kind.NULL)
                ? null
                : found.get(0).value();
    }

    private String text(String key) {
        Node node = find(key);
        return node == null ? "" : text(node, key);
    }

    private String text(Node node, String key) {
        if (node.is(Kind.LIST) || node.is(Kind.MAP) || node.is(Kind.NULL)) {
            refuse(key, node, "expected a text, found " + node.kind());
        }
        return node.text();
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        List<Node> elements = elements(key);
        for (int i = 0; i < elements.size(); i++) {
            texts.add(text(elements.get(i), key + "[" + i + "]"));
        }
        return texts;
    }

    private List<FlowFilter> filters(String key) {
        List<FlowFilter> filters = new ArrayList<>();
        List<Node> elements = elements(key);
        for (int i = 0; i < elements.size(); i++) {
            filters.add(FilterNodes.read(elements.get(i), at(key) + "[" + i + "]", problems));
        }
        return filters;
    }

    private List<Node> elements(String key) {
        Node node = find(key);
        if (node != null && !node.is(Kind.LIST)) {
            refuse(key, node, "expected a list, found " + node.kind());
        }
        return node == null ? List.of() : node.elements();
    }

    /** Zero means the default, as in Hubble. What is negative is refused later, together with what Java code says. */
    private int number(String key, int defaultValue) {
        Node node = find(key);
        if (node == null) {
            return defaultValue;
        }
        Optional<BigInteger> number = node.integer();
        if (number.isEmpty() || number.get().abs().compareTo(MOST) > 0) {
            refuse(key, node, "expected a whole number from 0 to " + MOST + ", found " + node.kind());
            return defaultValue;
        }
        return number.get().signum() == 0 ? defaultValue : number.get().intValueExact();
    }

    private int backups() {
        Node node = find(FILE_MAX_BACKUPS);
        boolean all = node != null && node.is(Kind.TEXT) && node.text().equals(ALL);
        return all ? 0 : number(FILE_MAX_BACKUPS, RotatingSink.DEFAULT_MAX_BACKUPS);
    }

    private boolean flag(String key) {
        Node node = find(key);
        if (node != null && !node.is(Kind.BOOLEAN)) {
            refuse(key, node, "expected true or false, found " + node.kind());
        }
        return node != null && node.is(Kind.BOOLEAN) && node.bool();
    }

    /** A number has no unit, so only 0 says how long. */
    private Duration duration(String key) {
        Node node = find(key);
        if (node == null) {
            return Duration.ZERO;
        }
        Optional<Duration> duration =
                node.is(Kind.TEXT) || node.text().equals("0") ? GoDuration.parse(node.text()) : Optional.empty();
        if (duration.isEmpty()) {
            refuse(key, node, "expected a duration such as 30s or 1h30m");
        }
        return duration.orElse(Duration.ZERO);
    }

    private @Nullable Instant moment(String key) {
        Node node = find(key);
        if (node == null) {
            return null;
        }
        Optional<Instant> moment = node.is(Kind.TEXT) ? GoTime.parse(node.text()) : Optional.empty();
        if (moment.isEmpty()) {
            refuse(key, node, "expected a time in RFC 3339 such as 2026-12-31T23:59:59Z");
        }
        return moment.orElse(null);
    }

    private void refuse(String key, Node node, String reason) {
        problems.add(at(key), node.text(), reason, node.line(), node.column());
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
