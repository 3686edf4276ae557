package io.github.hubbleexport.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.Engine;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import io.github.hubbleexport.wire.EventSchema;
import io.github.hubbleexport.wire.SchemaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated printer against a message that is parsed, masked and printed by reflection. */
class EventPrinterTest {

    private static final int MASKS = 60;
    private static final int EVENTS = 40;
    private static final List<String> PATHS = IntStream.range(
                    0, EventSchema.get().size())
            .mapToObj(EventSchema.get()::field)
            .filter(field -> field.path().startsWith("flow.") && !isInList(field))
            .map(field -> field.path().substring("flow.".length()))
            .toList();

    private static boolean isInList(SchemaField field) {
        SchemaField parent = field.parent();
        return parent != null && (parent.isRepeated() || isInList(parent));
    }

    @ParameterizedTest
    @ValueSource(longs = {81, 82, 83})
    void printsWhatReflectionPrints(long seed) throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(seed);
        OddEncoding odd = new OddEncoding(seed);
        Random random = new Random(seed);
        int printed = 0;
        for (int i = 0; i < MASKS; i++) {
            FlowMask mask = i % 4 == 0 ? FlowMask.all() : randomMask(random);
            Engine engine = new Engine(mask);
            for (int j = 0; j < EVENTS; j++) {
                ExportEvent event = events.next();
                byte[] wire = random.nextBoolean() ? event.toByteArray() : odd.of(event);
                String line = engine.line(wire);
                assertThat(line)
                        .as("event %d under mask %d of seed %d: %s", j, i, seed, mask)
                        .isEqualTo(expected(event, mask));
                printed += line == null ? 0 : 1;
            }
        }
        assertThat(printed).isGreaterThan(MASKS * EVENTS / 2);
    }

    private static FlowMask randomMask(Random random) {
        List<String> paths = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            paths.add(PATHS.get(random.nextInt(PATHS.size())));
        }
        return FlowMask.of(paths);
    }

    private static @Nullable String expected(ExportEvent event, FlowMask mask) {
        try {
            return MessageJson.print(masked(event, mask)) + "\n";
        } catch (InvalidProtocolBufferException refused) {
            return null;
        }
    }

    /** The time and the node name around a masked flow are what the mask leaves of its own. */
    private static ExportEvent masked(ExportEvent event, FlowMask mask) {
        if (mask.isAll() || !event.hasFlow()) {
            return event;
        }
        Flow flow = mask.apply(event.getFlow());
        ExportEvent.Builder masked = ExportEvent.newBuilder().setFlow(flow).setNodeName(flow.getNodeName());
        if (flow.hasTime()) {
            masked.setTime(flow.getTime());
        }
        return masked.build();
    }
}
