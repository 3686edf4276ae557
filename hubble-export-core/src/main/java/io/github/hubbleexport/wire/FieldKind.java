package io.github.hubbleexport.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** What a field of an event holds, as far as reading and printing tell kinds apart. */
public enum FieldKind {
    BOOL,
    INT32,
    UINT32,
    INT64,
    UINT64,
    ENUM,
    STRING,
    BYTES,
    MESSAGE,
    /** A {@code google.protobuf.Timestamp}. */
    TIMESTAMP,
    /** One of the messages of {@code google/protobuf/wrappers.proto}, with one field named {@code value}. */
    WRAPPER,
    /** A {@code google.protobuf.Any}. */
    ANY;

    /** Whether it is a message on the wire. */
    public boolean isMessage() {
        return switch (this) {
            case MESSAGE, TIMESTAMP, WRAPPER, ANY -> true;
            default -> false;
        };
    }

    /** Whether it is a varint on the wire. */
    public boolean isNumber() {
        return !isMessage() && this != STRING && this != BYTES;
    }

    /**
     * The kind of a field.
     *
     * @throws IllegalStateException if the Hubble API has grown a kind that the engine does not know
     */
    static FieldKind of(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> BOOL;
            case INT32 -> INT32;
            case UINT32 -> UINT32;
            case INT64 -> INT64;
            case UINT64 -> UINT64;
            case ENUM -> ENUM;
            case STRING -> STRING;
            case BYTES -> BYTES;
            case MESSAGE -> ofMessage(field.getMessageType().getFullName());
            default -> throw new IllegalStateException("no kind for " + field.getFullName());
        };
    }

    private static FieldKind ofMessage(String type) {
        return switch (type) {
            case "google.protobuf.Timestamp" -> TIMESTAMP;
            case "google.protobuf.Any" -> ANY;
            case "google.protobuf.BoolValue", "google.protobuf.Int32Value", "google.protobuf.UInt32Value" -> WRAPPER;
            default -> MESSAGE;
        };
    }
}
