package io.github.hubbleexport.filter;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML document of named lists of texts. The one class that needs {@code org.yaml:snakeyaml}. */
final class YamlLists {

    private static final int MAX_CODE_POINTS = 1 << 26;

    /** A text that is no such document. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    private YamlLists() {}

    /**
     * Reads a document.
     *
     * @throws MalformedException if it is not YAML, or of another form; the message says where
     * @throws NoClassDefFoundError if the reader of YAML is not there
     */
    static Map<String, List<String>> read(String text) throws MalformedException {
        Node root = compose(text);
        if (root == null) {
            return Map.of();
        }
        if (!(root instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            throw new MalformedException("expected keys, found " + describe(root));
        }
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = text(entry.getKeyNode(), "a key");
            if (lists.put(name, list(entry.getValueNode())) != null) {
                throw new MalformedException("the key " + name + " stands there twice" + place(entry.getKeyNode()));
            }
        }
        return lists;
    }

    private static @Nullable Node compose(String text) throws MalformedException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (YAMLException e) {
            throw new MalformedException(String.valueOf(e.getMessage()).replaceAll("\\s*\\n\\s*", "; "));
        }
    }

    private static List<String> list(Node node) throws MalformedException {
        List<String> texts = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                texts.add(text(element, "a filter as JSON in quotes"));
            }
        } else if (!node.getTag().equals(Tag.NULL)) {
            throw new MalformedException("expected a list, found " + describe(node) + place(node));
        }
        return texts;
    }

    private static String text(Node node, String expected) throws MalformedException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new MalformedException("expected " + expected + ", found " + describe(node) + place(node));
    }

    private static String describe(Node node) {
        return switch (node.getNodeId()) {
            case scalar -> "a text";
            case sequence -> "a list";
            case mapping -> "keys and values";
            case anchor -> "an alias";
        };
    }

    private static String place(Node node) {
        var mark = node.getStartMark();
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }
}
