package io.github.hubbleexport.wire;

import com.google.protobuf.InvalidProtocolBufferException;

/**
 * The bytes of an event turned out, in the middle of something that cannot throw a checked exception, not to be those of
 * an event: a scan looks only at what is wanted, parsing looks at everything.
 */
public final class UndecodableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for such bytes.
     *
     * @param cause what protobuf-java says
     */
    public UndecodableEventException(InvalidProtocolBufferException cause) {
        super("not the bytes of an event", cause);
    }
}
