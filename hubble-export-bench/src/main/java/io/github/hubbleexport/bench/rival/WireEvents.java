package io.github.hubbleexport.bench.rival;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.testkit.ConformanceData;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The wire bytes of events, one behind the other in one array, as a host has them that reads them from a stream: so the
 * processor fetches the next one while the last is worked on, whoever works on it.
 */
public final class WireEvents {

    private final byte[] bytes;
    private final int[] ends;

    /** Copies events into one array. */
    public WireEvents(byte[][] events) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        ends = new int[events.length];
        for (int i = 0; i < events.length; i++) {
            joined.writeBytes(events[i]);
            ends[i] = joined.size();
        }
        bytes = joined.toByteArray();
    }

    /** The 400 events of the conformance data. */
    public static WireEvents ofConformance() {
        return new WireEvents(ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new));
    }

    /** How many events there are. */
    public int count() {
        return ends.length;
    }

    /** The bytes of all. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where an event begins in {@link #bytes}. */
    public int offset(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    /** How many bytes an event has. */
    public int length(int event) {
        return ends[event] - offset(event);
    }

    /** The bytes of one event. */
    public byte[] copy(int event) {
        return Arrays.copyOfRange(bytes, offset(event), ends[event]);
    }
}
