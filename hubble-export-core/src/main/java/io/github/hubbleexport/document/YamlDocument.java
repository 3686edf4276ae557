package io.github.hubbleexport.document;

import io.github.hubbleexport.document.Node.Member;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as Go's {@code sigs.k8s.io/yaml} does: SnakeYAML finds the nodes, {@link GoScalars} says what scalars are.
 * The first document counts. The one class here that needs {@code org.yaml:snakeyaml}. For one document.
 */
final class YamlDocument {

    private static final int MAX_CODE_POINTS = 1 << 26;
    private static final String MERGE = "<<";

    /** In place of what SnakeYAML takes a scalar without quotes and tag for. */
    private static final Tag UNTAGGED = new Tag("!untagged");

    private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Node> done = new IdentityHashMap<>();
    private final Set<org.yaml.snakeyaml.nodes.Node> around = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlDocument() {}

    /** Tells what carries a tag from what does not. */
    private static final class Untagged extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? UNTAGGED : super.resolve(kind, value, implicit);
        }
    }

    /**
     * Reads a document.
     *
     * @return its root; null for an empty one
     * @throws MalformedDocumentException if it is not YAML
     * @throws NoClassDefFoundError if the reader of YAML is not there
     */
    static @Nullable Node read(String text) throws MalformedDocumentException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new Untagged());
        try {
            Iterator<org.yaml.snakeyaml.nodes.Node> documents =
                    yaml.composeAll(new StringReader(text)).iterator();
            if (!documents.hasNext()) {
                return null;
            }
            org.yaml.snakeyaml.nodes.Node first = documents.next();
            // Another document may follow and is not looked at, but anything else that follows is an error.
            boolean unused = documents.hasNext();
            return new YamlDocument().node(first);
        } catch (MarkedYAMLException e) {
            throw malformed(e, e.getProblemMark());
        } catch (YAMLException e) {
            throw malformed(e, null);
        }
    }

    private static MalformedDocumentException malformed(YAMLException e, @Nullable Mark mark) {
        String message = e instanceof MarkedYAMLException marked ? marked.getProblem() : e.getMessage();
        String oneLine = String.valueOf(message).strip().replaceAll("\\s*\\n\\s*", "; ");
        return mark == null
                ? new MalformedDocumentException(oneLine, 0, 0)
                : new MalformedDocumentException(oneLine, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static int line(org.yaml.snakeyaml.nodes.Node yaml) {
        return yaml.getStartMark() == null ? 0 : yaml.getStartMark().getLine() + 1;
    }

    private static int column(org.yaml.snakeyaml.nodes.Node yaml) {
        return yaml.getStartMark() == null ? 0 : yaml.getStartMark().getColumn() + 1;
    }

    private static MalformedDocumentException malformed(String message, org.yaml.snakeyaml.nodes.Node yaml) {
        return new MalformedDocumentException(message, line(yaml), column(yaml));
    }

    /** What an alias leads to is read once and stands in several places. */
    private Node node(org.yaml.snakeyaml.nodes.Node yaml) throws MalformedDocumentException {
        Node known = done.get(yaml);
        if (known != null) {
            return known;
        }
        if (!around.add(yaml)) {
            throw malformed("a value that contains itself", yaml);
        }
        Node node = convert(yaml);
        around.remove(yaml);
        done.put(yaml, node);
        return node;
    }

    private Node convert(org.yaml.snakeyaml.nodes.Node yaml) throws MalformedDocumentException {
        if (yaml instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (yaml instanceof MappingNode mapping) {
            Map<String, Member> members = new LinkedHashMap<>();
            addMembers(mapping, members);
            return Node.map(List.copyOf(members.values()), line(yaml), column(yaml));
        }
        List<Node> elements = new ArrayList<>();
        for (org.yaml.snakeyaml.nodes.Node element : ((SequenceNode) yaml).getValue()) {
            elements.add(node(element));
        }
        return Node.list(elements, line(yaml), column(yaml));
    }

    private static Node scalar(ScalarNode yaml) throws MalformedDocumentException {
        if (yaml.getTag().equals(UNTAGGED)) {
            return GoScalars.plain(yaml.getValue(), line(yaml), column(yaml));
        }
        String tag = yaml.getTag().getValue().replace(Tag.PREFIX, "!!");
        Node node = GoScalars.tagged(tag, yaml.getValue(), line(yaml), column(yaml));
        if (node == null) {
            throw malformed("cannot be read as " + tag, yaml);
        }
        return node;
    }

    /** Of equal keys the last one counts, and what is merged counts as standing where it is merged. */
    private void addMembers(MappingNode mapping, Map<String, Member> members) throws MalformedDocumentException {
        for (NodeTuple entry : mapping.getValue()) {
            if (isMerge(entry.getKeyNode())) {
                merge(entry.getValueNode(), members);
                continue;
            }
            String name = GoScalars.key(node(entry.getKeyNode()));
            if (name == null) {
                throw malformed("no key of a map", entry.getKeyNode());
            }
            // Taken out first, so that the order stays that of the document.
            members.remove(name);
            int line = line(entry.getKeyNode());
            members.put(name, new Member(name, line, column(entry.getKeyNode()), node(entry.getValueNode())));
        }
    }

    private static boolean isMerge(org.yaml.snakeyaml.nodes.Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals(MERGE)
                && (scalar.getTag().equals(UNTAGGED) || scalar.getTag().equals(Tag.MERGE));
    }

    private void merge(org.yaml.snakeyaml.nodes.Node source, Map<String, Member> members)
            throws MalformedDocumentException {
        if (!around.add(source)) {
            throw malformed("a value that contains itself", source);
        }
        if (source instanceof MappingNode mapping) {
            addMembers(mapping, members);
        } else if (source instanceof SequenceNode sequence) {
            mergeAll(sequence, members);
        } else {
            throw malformed("only a map, or a list of maps, can be merged", source);
        }
        around.remove(source);
    }

    /** The first of a list takes precedence, so it comes last. */
    private void mergeAll(SequenceNode sequence, Map<String, Member> members) throws MalformedDocumentException {
        List<org.yaml.snakeyaml.nodes.Node> sources = sequence.getValue();
        for (int i = sources.size() - 1; i >= 0; i--) {
            if (!(sources.get(i) instanceof MappingNode)) {
                throw malformed("only a map, or a list of maps, can be merged", sources.get(i));
            }
            merge(sources.get(i), members);
        }
    }
}
