package io.github.hubbleexport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** The event as a message: parsed once, and never that of another load. */
class ParsedEventTest {

    private static final ExportEvent EVENT = ExportEvent.newBuilder()
            .setFlow(Flow.newBuilder().setUuid("u"))
            .setNodeName("n")
            .build();

    private final ScannedEvent scanned = new ScannedEvent(ScanPlan.of(new BitSet()));

    @Test
    void isParsedOnceForALoad() throws InvalidProtocolBufferException {
        scanned.load(EVENT, false);
        ExportEvent first = scanned.event();
        assertThat(first).isEqualTo(EVENT);
        scanned.scan();
        assertThat(scanned.event()).isSameAs(first);
    }

    @Test
    void everyLoadForgetsIt() throws InvalidProtocolBufferException {
        scanned.load(EVENT, false);
        assertThat(scanned.event()).isEqualTo(EVENT);
        scanned.load(new byte[0], 0, 0, false);
        assertThat(scanned.event()).isEqualTo(ExportEvent.getDefaultInstance());
        scanned.load(ByteBuffer.wrap(EVENT.toByteArray()), false);
        assertThat(scanned.event()).isEqualTo(EVENT);
        scanned.load(new byte[] {1}, 0, 1, false);
        assertThatThrownBy(scanned::event).isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void aBareFlowLendsTimeAndNode() throws InvalidProtocolBufferException {
        Flow flow = Flow.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(3))
                .setNodeName("n")
                .build();
        scanned.load(flow, true);
        assertThat(scanned.event())
                .isEqualTo(ExportEvent.newBuilder()
                        .setFlow(flow)
                        .setTime(flow.getTime())
                        .setNodeName("n")
                        .build());
        scanned.load(Flow.getDefaultInstance(), true);
        assertThat(scanned.event())
                .isEqualTo(ExportEvent.newBuilder()
                        .setFlow(Flow.getDefaultInstance())
                        .build());
    }
}
