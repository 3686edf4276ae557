package io.github.hubbleexport.config;

import io.github.hubbleexport.document.Documents;
import io.github.hubbleexport.document.MalformedDocumentException;
import io.github.hubbleexport.document.Node;
import io.github.hubbleexport.document.Node.Kind;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a flowlogs file, and finds everything that is wrong with it. For one file. */
final class FlowLogsReader {

    private static final String FLOW_LOGS = "flowLogs";
    private static final String FOR_NONE = "; for no flow logs, write flowLogs: []";

    private final UnknownKeys unknownKeys;
    private final Problems problems = new Problems();

    private FlowLogsReader(UnknownKeys unknownKeys) {
        this.unknownKeys = unknownKeys;
    }

    /**
     * Reads a text.
     *
     * @throws ConfigException with every problem of the text; problems of values that an
     *     entry could be built without, such as a filter that does not compile, are among them only when there are others
     */
    static List<Entry> read(String text, UnknownKeys unknownKeys) {
        FlowLogsReader reader = new FlowLogsReader(unknownKeys);
        List<Entry> entries = reader.entries(text);
        EntryChecks.checkAll(entries, reader.problems);
        if (!reader.problems.isEmpty()) {
            entries.forEach(entry -> CompiledEntry.compile(entry, reader.problems));
        }
        reader.throwIfAny();
        return entries;
    }

    /** One problem a place: what was read wrongly is also missing, or no path, and need not be told again. */
    private void throwIfAny() {
        Map<String, Problem> byPath = new LinkedHashMap<>();
        problems.list().forEach(problem -> byPath.putIfAbsent(problem.path(), problem));
        if (!byPath.isEmpty()) {
            throw new ConfigException(List.copyOf(byPath.values()));
        }
    }

    private List<Entry> entries(String text) {
        try {
            Node root = Documents.read(text);
            return root == null || root.is(Kind.NULL) ? none("the file is empty", 0, 0) : entriesOf(root);
        } catch (MalformedDocumentException e) {
            problems.add(FLOW_LOGS, "", "neither YAML nor JSON: " + e.getMessage(), e.line(), e.column());
            return List.of();
        }
    }

    /** A file that was cut off looks like one without entries, so having none has to be said. */
    private List<Entry> none(String reason, int line, int column) {
        problems.add(FLOW_LOGS, "", reason + FOR_NONE, line, column);
        return List.of();
    }

    private List<Entry> entriesOf(Node root) {
        if (!root.is(Kind.MAP)) {
            return none("expected the key flowLogs, found " + root.kind(), root.line(), root.column());
        }
        EntryReader reader = new EntryReader(root, "", problems);
        reader.checkKeys(List.of(FLOW_LOGS), unknownKeys);
        Node list = reader.find(FLOW_LOGS);
        if (list == null) {
            return none("the key flowLogs is missing, or has no value", root.line(), root.column());
        }
        if (!list.is(Kind.LIST)) {
            return none("expected a list, found " + list.kind(), list.line(), list.column());
        }
        return entriesOf(list.elements());
    }

    private List<Entry> entriesOf(List<Node> nodes) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Entry entry = entry(nodes.get(i), i);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private @Nullable Entry entry(Node node, int index) {
        String path = FLOW_LOGS + "[" + index + "]";
        if (node.is(Kind.NULL)) {
            problems.add(path, "", "invalid flowlog at index " + index, node.line(), node.column());
            return null;
        }
        if (!node.is(Kind.MAP)) {
            String reason = "expected the keys of a flow log, found " + node.kind();
            problems.add(path, node.text(), reason, node.line(), node.column());
            return null;
        }
        return new Entry(new EntryReader(node, path, problems).read(unknownKeys), path, node);
    }
}
