package io.github.hubbleexport.agent.simulation;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.proto.flow.Emitter;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what happens when. A scene has its own clock, which begins at a given moment and which it moves itself;
 * what several scenes wrote is taken out in the order of time.
 */
final class Script {

    /** 2026-01-01T00:00:00Z. */
    private static final long EPOCH_SECONDS = 1_767_225_600L;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Emitter EMITTER =
            Emitter.newBuilder().setName("hubble-export demo").setVersion("1").build();

    private final SplittableRandom random;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long sequence;
    private long now;

    /** Entries of one moment stay in the order in which they were written. */
    private record Entry(long at, long sequence, SimulatedEvent event) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? Long.compare(sequence, other.sequence) : byTime;
        }
    }

    Script(SplittableRandom random) {
        this.random = random;
    }

    /** Sets the clock of the scene that writes next, in nanoseconds since the simulation began. */
    void beginAt(long nanos) {
        now = nanos;
    }

    /** Lets time pass: somewhere between half as many microseconds and one and a half times as many. */
    void pause(int micros) {
        now += TimeUnit.MICROSECONDS.toNanos(micros / 2 + random.nextInt(micros + 1)) + random.nextInt(1000);
    }

    /** Writes a flow that a node saw now. */
    void flow(EventKind kind, Node node, Flow.Builder flow) {
        flow.setTime(time())
                .setUuid(new UUID(random.nextLong(), random.nextLong()).toString())
                .setEmitter(EMITTER)
                .setNodeName(node.name())
                .addAllNodeLabels(node.labels());
        add(kind, node, ExportEvent.newBuilder().setFlow(flow));
    }

    /** Writes that a node lost events before now. */
    void lost(Node node, LostEvent.Builder lost) {
        add(EventKind.LOST, node, ExportEvent.newBuilder().setLostEvents(lost));
    }

    /** The moment of the oldest entry; {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        Entry first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.at();
    }

    /** Takes the oldest entry out; there must be one. */
    SimulatedEvent take() {
        return entries.remove().event();
    }

    private void add(EventKind kind, Node node, ExportEvent.Builder event) {
        event.setNodeName(node.name()).setTime(time());
        entries.add(new Entry(now, sequence++, new SimulatedEvent(kind, event.build())));
    }

    private Timestamp time() {
        return Timestamp.newBuilder()
                .setSeconds(EPOCH_SECONDS + now / NANOS)
                .setNanos((int) (now % NANOS))
                .build();
    }
}
