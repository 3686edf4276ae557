package io.github.hubbleexport.wire;

/** Places in the bytes of an event, packed into one {@code long}: where a value ends, which a scan goes on from, and its length. */
public final class WireFields {

    /** No such element. */
    public static final long NONE = -1;

    private WireFields() {}

    static long pack(int end, int length) {
        return (long) end << Integer.SIZE | length;
    }

    /** Where the value begins. */
    public static int offset(long element) {
        return end(element) - length(element);
    }

    /** How many bytes it has. */
    public static int length(long element) {
        return (int) element;
    }

    /** The position after its last byte. */
    public static int end(long element) {
        return (int) (element >>> Integer.SIZE);
    }
}
