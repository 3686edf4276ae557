package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patterns for the node's name, {@code cluster/node}. An element that is left out stands for any name; a node without
 * a cluster belongs to {@code default}. Mirrors {@code pkg/hubble/filters/nodename.go} and {@code patterns.go}.
 */
final class NodeNames extends Clause {

    private static final byte[] DEFAULT_CLUSTER = "default".getBytes(US_ASCII);

    private record Pattern(Glob cluster, Glob node) {

        @Override
        public String toString() {
            return cluster + "/" + node;
        }
    }

    private final List<Pattern> patterns;

    private NodeNames(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    static Clause compile(FieldScope scope) {
        List<String> values = scope.texts();
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String problem = problem(values.get(i));
            if (problem == null) {
                patterns.add(pattern(values.get(i)));
            } else {
                scope.refuse(i, values.get(i), problem);
            }
        }
        return new NodeNames(List.copyOf(patterns));
    }

    private static @Nullable String problem(String value) {
        if (value.isEmpty()) {
            return "expected [cluster/]node, got nothing";
        }
        String[] elements = value.split("/", -1);
        if (elements.length > 2) {
            return "expected [cluster/]node, got more than one slash";
        }
        int column = 1;
        for (String element : elements) {
            String problem = element.isEmpty() ? null : Glob.problem(element, column);
            if (problem != null) {
                return problem;
            }
            column += element.length() + 1;
        }
        return null;
    }

    private static Pattern pattern(String value) {
        int slash = value.indexOf('/');
        return new Pattern(element(value.substring(0, Math.max(0, slash))), element(value.substring(slash + 1)));
    }

    private static Glob element(String element) {
        return element.isEmpty() ? Glob.ANY_NAME : Glob.of(element);
    }

    @Override
    boolean test(ScannedEvent event) {
        byte[] bytes = event.bytes();
        int offset = event.offset(Slots.NODE_NAME);
        int length = event.length(Slots.NODE_NAME);
        if (length == 0) {
            return false;
        }
        int slash = 0;
        while (slash < length && bytes[offset + slash] != '/') {
            slash++;
        }
        return slash == length
                ? matches(DEFAULT_CLUSTER, 0, DEFAULT_CLUSTER.length, bytes, offset, length)
                : matches(bytes, offset, slash, bytes, offset + slash + 1, length - slash - 1);
    }

    private boolean matches(byte[] cluster, int clusterAt, int clusterLength, byte[] node, int nodeAt, int nodeLength) {
        for (int i = 0; i < patterns.size(); i++) {
            Pattern pattern = patterns.get(i);
            if (pattern.node.matches(node, nodeAt, nodeLength)
                    && pattern.cluster.matches(cluster, clusterAt, clusterLength)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Slots.NODE_NAME);
    }

    @Override
    Cost cost() {
        return Cost.BYTES;
    }

    @Override
    public String toString() {
        return Slots.name(Slots.NODE_NAME) + " like " + patterns;
    }
}
