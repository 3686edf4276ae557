package io.github.hubbleexport.document;

import com.fasterxml.jackson.core.JsonParser;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a document, and where it stands. Immutable. A node may be part of a document in several places. */
public final class Node {

    /** What a value is; each has a name for people. */
    public enum Kind {
        /** Nothing: Go leaves what it is read into as it was. */
        NULL("null"),
        /** True or false. */
        BOOLEAN("a boolean"),
        /** A whole number, of any size. */
        INTEGER("a number"),
        /** Any other number. */
        FLOAT("a number"),
        /** A text. */
        TEXT("a text"),
        /** Values one after the other. */
        LIST("a list"),
        /** Values by name. */
        MAP("keys and values");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /**
     * A value with its name.
     *
     * @param name the key as text; no two of a map are equal
     * @param line of the key, from 1
     * @param column of the key, from 1
     * @param value what stands behind it
     */
    public record Member(String name, int line, int column, Node value) {}

    private static final int MAX_SIZE = Integer.MAX_VALUE / 2;

    private final Kind kind;
    private final @Nullable Object value;
    private final int line;
    private final int column;
    private final int size;

    private Node(Kind kind, @Nullable Object value, int line, int column, int size) {
        this.kind = kind;
        this.value = value;
        this.line = line;
        this.column = column;
        this.size = size;
    }

    static Node scalar(Kind kind, @Nullable Object value, int line, int column) {
        return new Node(kind, value, line, column, 1);
    }

    static Node list(List<Node> elements, int line, int column) {
        return new Node(Kind.LIST, List.copyOf(elements), line, column, sum(elements));
    }

    static Node map(List<Member> members, int line, int column) {
        List<Node> values = members.stream().map(Member::value).toList();
        return new Node(Kind.MAP, List.copyOf(members), line, column, sum(values));
    }

    private static int sum(List<Node> nodes) {
        return (int) Math.min(MAX_SIZE, 1 + nodes.stream().mapToLong(Node::size).sum());
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is of a kind. */
    public boolean is(Kind other) {
        return kind == other;
    }

    /** Where it begins: the line, from 1. */
    public int line() {
        return line;
    }

    /** Where it begins: the column, from 1. */
    public int column() {
        return column;
    }

    /** How many values it is made of, those that stand in several places counted each time; bounded. */
    int size() {
        return size;
    }

    /** The elements of a list; none for anything else. */
    @SuppressWarnings("unchecked")
    public List<Node> elements() {
        return kind == Kind.LIST ? (List<Node>) content() : List.of();
    }

    /** The members of a map in the order of the document; none for anything else. */
    @SuppressWarnings("unchecked")
    public List<Member> members() {
        return kind == Kind.MAP ? (List<Member>) content() : List.of();
    }

    /** The value of a boolean. */
    public boolean bool() {
        return (Boolean) content();
    }

    /** The value of a number with a fraction or an exponent. */
    double number() {
        return (Double) content();
    }

    /** A number without a fraction, however it is written: Go takes {@code 1e1} for 10. */
    public Optional<BigInteger> integer() {
        return switch (kind) {
            case INTEGER -> Optional.of((BigInteger) content());
            case FLOAT -> GoNumbers.whole((Double) content());
            default -> Optional.empty();
        };
    }

    /** The text that Go makes of a scalar where it wants a text; empty for null, lists and maps. */
    public String text() {
        return switch (kind) {
            case NULL, LIST, MAP -> "";
            case FLOAT -> GoNumbers.text((Double) content());
            default -> content().toString();
        };
    }

    /** The deepest node on a way such as {@code .source_ip[1]}, as far as the way leads. */
    public Node find(String way) {
        return NodeWay.find(this, way);
    }

    /** The same as tokens of JSON with the places of this document. */
    public JsonParser parser() {
        return NodeParser.of(this);
    }

    private Object content() {
        if (value == null) {
            throw new IllegalStateException("null has no value");
        }
        return value;
    }

    @Override
    public String toString() {
        return value == null ? "null" : value.toString();
    }
}
