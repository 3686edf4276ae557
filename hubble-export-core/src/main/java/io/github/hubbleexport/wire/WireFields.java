package io.github.hubbleexport.wire;

/** Places in the bytes of an event, packed into one {@code long}: where a value begins and how long it is. */
public final class WireFields {

    /** No such element. */
    public static final long NONE = -1;

    private WireFields() {}

    static long pack(int offset, int length) {
        return (long) offset << 32 | length;
    }

    /** Where the value begins. */
    public static int offset(long element) {
        return (int) (element >>> 32);
    }

    /** How many bytes it has. */
    public static int length(long element) {
        return (int) element;
    }

    static int end(long element) {
        return offset(element) + length(element);
    }
}
