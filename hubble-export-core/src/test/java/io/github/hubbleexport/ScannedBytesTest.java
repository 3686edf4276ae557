package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.testkit.ConformanceData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An event that is rejected is read no further than its filters need. Everything that they do not ask for is replaced by
 * bytes that mean nothing in protobuf and in UTF-8: whoever looks at one of them finds the event damaged.
 */
class ScannedBytesTest {

    private static final byte NONSENSE = (byte) 0xff;

    private static final List<ExportEvent> FLOWS = ConformanceData.resource("encode/cluster.bin").stream()
            .filter(ExportEvent::hasFlow)
            .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"source_pod\":[\"nowhere/nobody\"]}|8",
                "{\"destination_pod\":[\"nowhere/nobody\"]}|9",
                "{\"source_label\":[\"app=nobody\"]}|8",
                "{\"source_ip\":[\"255.255.255.255\"]}|5",
                "{\"destination_port\":[\"1\"]}|6",
                "{\"verdict\":[\"VERDICT_UNKNOWN\"]}|2",
                "{\"node_name\":[\"nowhere/nobody\"]}|11"
            })
    void whatTheFiltersDoNotNeedIsNotRead(String filter, int flowField) throws IOException {
        try (FlowExporter exporter =
                new ExporterBuilder().allowList(filter).sink(new Discard()).build()) {
            for (ExportEvent event : FLOWS) {
                assertThat(exporter.export(onlyWith(flowField, event))).isEqualTo(ExportOutcome.FILTERED);
            }
        }
    }

    /** Or the nonsense would prove nothing. */
    @ParameterizedTest
    @CsvSource({"8", "9", "2"})
    void whatIsPrintedIsRead(int flowField) throws IOException {
        try (FlowExporter exporter = new ExporterBuilder().sink(new Discard()).build()) {
            for (ExportEvent event : FLOWS) {
                assertThat(exporter.export(onlyWith(flowField, event))).isEqualTo(ExportOutcome.LOST);
            }
        }
    }

    private static byte[] onlyWith(int flowField, ExportEvent event) throws IOException {
        byte[] flow = onlyWith(Set.of(flowField), event.getFlow().toByteArray());
        byte[] around = event.toBuilder().clearFlow().build().toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        coded.writeByteArray(ExportEvent.FLOW_FIELD_NUMBER, flow);
        coded.writeRawBytes(onlyWith(Set.of(), around));
        coded.flush();
        assertThat(out.size()).isEqualTo(event.getSerializedSize());
        return out.toByteArray();
    }

    /** A message in which the content of every other field that has a length is nonsense. */
    private static byte[] onlyWith(Set<Integer> fields, byte[] message) throws IOException {
        byte[] wire = message.clone();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                in.skipField(tag);
                continue;
            }
            int length = in.readRawVarint32();
            int start = in.getTotalBytesRead();
            if (!fields.contains(WireFormat.getTagFieldNumber(tag))) {
                Arrays.fill(wire, start, start + length, NONSENSE);
            }
            in.skipRawBytes(length);
        }
        return wire;
    }

    private static final class Discard extends Sink {
        @Override
        public void write(LineBatch batch) {}
    }
}
