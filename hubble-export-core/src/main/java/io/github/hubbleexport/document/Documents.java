package io.github.hubbleexport.document;

import org.jspecify.annotations.Nullable;

/** Reads documents that are YAML or JSON. */
public final class Documents {

    /** A document may not have more values, those that aliases repeat included: {@value}. */
    public static final int MAX_VALUES = 1_000_000;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Documents() {}

    /**
     * Reads a text as Go's {@code sigs.k8s.io/yaml} does. JSON needs no reader of YAML.
     *
     * @param text the document
     * @return its root; null if there is nothing in it
     * @throws MalformedDocumentException if it is neither YAML nor JSON, or YAML and {@code org.yaml:snakeyaml} is not
     *     there
     */
    public static @Nullable Node read(String text) throws MalformedDocumentException {
        String document = text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        Node root = startsAsJson(document) ? json(document) : yaml(document);
        if (root != null && root.size() > MAX_VALUES) {
            throw new MalformedDocumentException("more than " + MAX_VALUES + " values, counting aliases", 0, 0);
        }
        return root;
    }

    private static boolean startsAsJson(String document) {
        String start = document.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    /** What begins like JSON may still be YAML with braces; if it is neither, it is told as JSON. */
    private static @Nullable Node json(String document) throws MalformedDocumentException {
        try {
            return JsonDocument.read(document);
        } catch (MalformedDocumentException notJson) {
            try {
                return YamlDocument.read(document);
            } catch (MalformedDocumentException | NoClassDefFoundError notYaml) {
                notJson.addSuppressed(notYaml);
                throw notJson;
            }
        }
    }

    private static @Nullable Node yaml(String document) throws MalformedDocumentException {
        try {
            return YamlDocument.read(document);
        } catch (NoClassDefFoundError e) {
            throw new MalformedDocumentException(
                    "not JSON; to read YAML, add org.yaml:snakeyaml to the class path", 0, 0);
        }
    }
}
