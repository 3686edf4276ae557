package io.github.hubbleexport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated has the shape of the events that Hubble's own exporter was fed. */
class ClusterEventsTest {

    private static final List<ExportEvent> MODEL = ConformanceData.resource("encode/cluster.bin");
    private static final List<ExportEvent> EVENTS = ClusterEvents.list(1, 4_000);

    /** A share among 400 events strays by this many standard deviations once in ten thousand times. */
    private static final double DEVIATIONS = 4;

    @Test
    void theMeanSizeIsThatOfTheModel() {
        double model = MODEL.stream()
                .mapToInt(ExportEvent::getSerializedSize)
                .average()
                .orElseThrow();
        double mean = EVENTS.stream()
                .mapToInt(ExportEvent::getSerializedSize)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(model, within(0.03 * model));
    }

    @Test
    void theSizesSpreadAsThoseOfTheModel() {
        for (int percent : new int[] {10, 25, 50, 75, 90}) {
            double model = sizeAt(MODEL, percent);
            assertThat(sizeAt(EVENTS, percent)).as("at %d %%", percent).isCloseTo(model, within(0.06 * model));
        }
    }

    private static double sizeAt(List<ExportEvent> events, int percent) {
        return events.stream()
                .mapToInt(ExportEvent::getSerializedSize)
                .sorted()
                .toArray()[events.size() * percent / 100];
    }

    @Test
    void everyFieldIsThereAsOftenAsInTheModel() {
        Map<String, Double> model = presence(MODEL);
        Map<String, Double> shares = presence(EVENTS);
        assertThat(shares.keySet()).isEqualTo(model.keySet());
        model.forEach((path, share) -> assertThat(shares.get(path))
                .as(path)
                .isCloseTo(share, within(0.005 + DEVIATIONS * Math.sqrt(share * Math.abs(1 - share) / MODEL.size()))));
    }

    /** How many of a field's places an event has on average: below 1, the share of events that have it. */
    private static Map<String, Double> presence(List<ExportEvent> events) {
        Map<String, Double> shares = new TreeMap<>();
        events.forEach(event -> countFields("", event, shares));
        shares.replaceAll((path, count) -> count / events.size());
        return shares;
    }

    private static void countFields(String path, Message message, Map<String, Double> counts) {
        message.getAllFields().forEach((field, value) -> {
            String inner = path + "/" + field.getName();
            counts.merge(inner, 1.0, Double::sum);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> elements = field.isRepeated() ? (List<?>) value : List.of(value);
                elements.forEach(element -> countFields(inner, (Message) element, counts));
            }
        });
    }

    @Test
    void everyKindComesAsOftenAsInTheModel() {
        Map<String, Double> model = kinds(MODEL);
        Map<String, Double> shares = kinds(EVENTS);
        assertThat(shares.keySet()).isEqualTo(model.keySet());
        model.forEach((kind, share) -> assertThat(shares.get(kind))
                .as(kind)
                .isCloseTo(share, within(DEVIATIONS * Math.sqrt(share * (1 - share) / MODEL.size()))));
    }

    private static Map<String, Double> kinds(List<ExportEvent> events) {
        Map<String, Double> shares = new TreeMap<>();
        for (ExportEvent event : events) {
            String kind = event.getFlow().getType() + " " + event.getFlow().getVerdict() + " "
                    + event.getFlow().getEventType().getType() + " "
                    + event.getFlow().getL7().getRecordCase();
            shares.merge(kind, 1.0 / events.size(), Double::sum);
        }
        return shares;
    }

    @Test
    void asManyListsOfLabelsAsTheModelHas() {
        assertThat(distinct(EVENTS, event -> event.getFlow().getSource().getLabelsList()))
                .isEqualTo(distinct(MODEL, event -> event.getFlow().getSource().getLabelsList()));
        assertThat(distinct(EVENTS, event -> event.getFlow().getDestination().getLabelsList()))
                .isEqualTo(distinct(
                        MODEL, event -> event.getFlow().getDestination().getLabelsList()));
        assertThat(distinct(EVENTS, event -> event.getFlow().getNodeLabelsList()))
                .isEqualTo(distinct(MODEL, event -> event.getFlow().getNodeLabelsList()));
    }

    @Test
    void asManyPodsAsTheModelHas() {
        int pods = distinct(MODEL, event -> event.getFlow().getSource().getPodName());
        List<ExportEvent> asMany = EVENTS.subList(0, MODEL.size());
        assertThat(distinct(asMany, event -> event.getFlow().getSource().getPodName()))
                .isCloseTo(pods, within(pods / 20));
    }

    private static int distinct(List<ExportEvent> events, Function<ExportEvent, ?> value) {
        Set<Object> values = new HashSet<>();
        events.forEach(event -> values.add(value.apply(event)));
        return values.size();
    }

    @Test
    void theSeedDecides() {
        assertThat(ClusterEvents.list(1, 100)).isEqualTo(EVENTS.subList(0, 100));
        assertThat(ClusterEvents.list(2, 100)).isNotEqualTo(EVENTS.subList(0, 100));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_024, 4_096, 16_384, 65_536})
    void aSizedEventHasItsSize(int bytes) {
        for (ExportEvent event : EVENTS.subList(0, 400)) {
            if (event.hasFlow()) {
                assertThat(ShapedEvents.sized(event, bytes).getSerializedSize())
                        .isBetween(bytes - bytes / 6, bytes + bytes / 6);
            }
        }
    }

    @Test
    void aSplitEventMeansTheSame() throws InvalidProtocolBufferException {
        Engine engine = new Engine(FlowMask.all());
        Engine twin = new Engine(FlowMask.all());
        for (ExportEvent event : EVENTS.subList(0, 400)) {
            byte[] split = ShapedEvents.split(event.toByteArray());
            assertThat(ExportEvent.parseFrom(split)).isEqualTo(event);
            assertThat(split.length > event.getSerializedSize()).isEqualTo(event.hasFlow());
            assertThat(engine.line(split)).isEqualTo(twin.line(event));
        }
    }
}
