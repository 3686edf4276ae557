package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.EventSchema;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints that were printed before, all but the ID and the name of the pod: what is left is the same for all pods of one
 * identity, which stands for a set of labels, and is found again by it. On the wire it lies in two runs of bytes, as encoders
 * write fields in the order of their numbers: from the namespace to the last label, and, behind the pod's name, from the first
 * workload to the cluster's name. Both are compared in full.
 *
 * <p>Bounded: {@value #ENTRIES} endpoints, each of two short {@link PrintedBytes}. A new one takes the place of one that was not
 * found since it was last in the way of another. For one thread at a time.
 */
final class EndpointCache {

    private static final int PLACE_BITS = 10;
    private static final int ENTRIES = 1 << PLACE_BITS;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    // Where the members of an endpoint are, counted from its own slot.
    private static final int IDENTITY = distance("identity");
    private static final int CLUSTER_NAME = distance("cluster_name");
    private static final int NAMESPACE = distance("namespace");
    private static final int LABELS = distance("labels");
    private static final int WORKLOADS = distance("workloads");

    private final @Nullable Printed[] entries = new Printed[ENTRIES];

    private static int distance(String member) {
        EventSchema schema = EventSchema.get();
        return schema.field("flow.source." + member).slot()
                - schema.field("flow.source").slot();
    }

    /** What an endpoint was printed as, if it was; all that is kept of one has to be there. */
    @Nullable
    Printed find(ScannedEvent event, int slot) {
        Printed entry = entries[place(event, slot)];
        if (entry == null || !isInOrder(event, slot) || !entry.isOf(event, slot)) {
            return null;
        }
        entry.isInUse = true;
        return entry;
    }

    /**
     * Keeps what an endpoint was printed as, unless it is long or not in the usual order.
     *
     * @param start where the text of the cluster's name begins
     * @param nameStart where that of the labels ends
     * @param nameEnd where that of the workloads begins
     * @param end where it ends
     */
    void put(ScannedEvent event, int slot, byte[] out, int start, int nameStart, int nameEnd, int end) {
        long namespace = event.values()[slot + NAMESPACE];
        long workload = event.values()[slot + WORKLOADS];
        int firstLength = firstLength(event, slot);
        int lastLength = lastLength(event, slot);
        if (!isInOrder(event, slot)
                || !PrintedBytes.areShort(firstLength, nameStart - start)
                || !PrintedBytes.areShort(lastLength, end - nameEnd)) {
            return;
        }
        Printed entry = entry(place(event, slot));
        if (entry != null) {
            entry.namespaceLength = WireFields.length(namespace);
            entry.workloadLength = WireFields.length(workload);
            entry.clusterNameLength = WireFields.length(event.values()[slot + CLUSTER_NAME]);
            entry.beforeName.keep(event.bytes(), WireFields.offset(namespace), firstLength, out, start, nameStart);
            entry.afterName.keep(event.bytes(), WireFields.offset(workload), lastLength, out, nameEnd, end);
            entry.isInUse = true;
        }
    }

    /** The one to be filled anew, or null: what lies there may stay a while longer. */
    private @Nullable Printed entry(int place) {
        Printed entry = entries[place];
        if (entry == null) {
            entry = new Printed();
            entries[place] = entry;
        } else if (entry.isInUse) {
            entry.isInUse = false;
            return null;
        }
        return entry;
    }

    /** The lengths tell those apart that have one identity and are not the same. */
    private static int place(ScannedEvent event, int slot) {
        long lengths = ((long) firstLength(event, slot) << 32) ^ ((long) lastLength(event, slot) << 48);
        long sum = (event.values()[slot + IDENTITY] ^ lengths) * FACTOR;
        return (int) (sum >>> (Long.SIZE - PLACE_BITS));
    }

    /** Whether all labels lie in the first run, and all workloads in the second. */
    private static boolean isInOrder(ScannedEvent event, int slot) {
        long[] values = event.values();
        return WireFields.end(values[slot + NAMESPACE]) <= WireFields.offset(values[slot + LABELS])
                && event.elementsEnd(slot + WORKLOADS) <= WireFields.offset(values[slot + CLUSTER_NAME]);
    }

    /** From the namespace to the last label. */
    private static int firstLength(ScannedEvent event, int slot) {
        return event.elementsEnd(slot + LABELS) - WireFields.offset(event.values()[slot + NAMESPACE]);
    }

    /** From the first workload to the name of the cluster. */
    private static int lastLength(ScannedEvent event, int slot) {
        return WireFields.end(event.values()[slot + CLUSTER_NAME])
                - WireFields.offset(event.values()[slot + WORKLOADS]);
    }

    /** What an endpoint was printed as: its cluster, namespace and labels, and its workloads. */
    static final class Printed {

        final PrintedBytes beforeName = new PrintedBytes();
        final PrintedBytes afterName = new PrintedBytes();

        // What the bytes of a run are is decided by the length of its first value, which stands before it, and, since
        // the texts
        // of a message lie there without any length, of its last text.
        private int namespaceLength;
        private int workloadLength;
        private int clusterNameLength;

        /** It was found, or is new. */
        private boolean isInUse;

        private boolean isOf(ScannedEvent event, int slot) {
            long namespace = event.values()[slot + NAMESPACE];
            long workload = event.values()[slot + WORKLOADS];
            return WireFields.length(namespace) == namespaceLength
                    && WireFields.length(workload) == workloadLength
                    && WireFields.length(event.values()[slot + CLUSTER_NAME]) == clusterNameLength
                    && beforeName.areOf(event.bytes(), WireFields.offset(namespace), firstLength(event, slot))
                    && afterName.areOf(event.bytes(), WireFields.offset(workload), lastLength(event, slot));
        }

        int length() {
            return beforeName.length() + afterName.length();
        }
    }
}
