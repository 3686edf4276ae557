package io.github.hubbleexport.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.Engine;
import io.github.hubbleexport.testkit.RandomEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListCacheTest {

    private static final int SLACK = 16;
    private static final long KIND = ListCache.kind(1, 1);

    private final ListCache cache = new ListCache();

    private static byte[] slackened(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + SLACK);
    }

    private static int place(long kind, byte[] in, int length) {
        return ListCache.place(kind, in, 0, length);
    }

    private void put(byte[] list, String text) {
        byte[] in = slackened(list);
        byte[] out = text.getBytes(StandardCharsets.UTF_8);
        cache.put(KIND, in, 0, list.length, out, 0, out.length);
    }

    private String find(byte[] list) {
        PrintedBytes found = cache.find(KIND, slackened(list), 0, list.length);
        if (found == null) {
            return "";
        }
        byte[] out = new byte[found.length()];
        assertThat(found.write(out, 0)).isEqualTo(out.length);
        return new String(out, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsFoundIsWhatWasPut() {
        Random random = new Random(51);
        Map<String, String> truth = new HashMap<>();
        int found = 0;
        for (int i = 0; i < 50_000; i++) {
            // Few different lists, of many lengths and much alike, so that hits, misses and replacements all happen.
            byte[] list = new byte[random.nextInt(80)];
            Arrays.fill(list, (byte) random.nextInt(30));
            String key = Arrays.toString(list);
            String text = find(list);
            if (text.isEmpty()) {
                truth.put(key, "text " + i);
                put(list, "text " + i);
            } else {
                assertThat(text).isEqualTo(truth.get(key));
                found++;
            }
        }
        assertThat(found).isBetween(1_000, 49_000);
    }

    @Test
    void theSameBytesInAListOfAnotherTypeAreNotFound() {
        byte[] in = new byte[20 + SLACK];
        put(new byte[20], "text");
        assertThat(cache.find(ListCache.kind(2, 1), in, 0, 20)).isNull();
        assertThat(cache.find(ListCache.kind(1, 2), in, 0, 20)).isNull();
        assertThat(cache.find(KIND, in, 0, 20)).isNotNull();
    }

    /** Such as the labels of nodes, of which only the names differ: their sample is the same. */
    @Test
    void listsThatAreMuchAlikeAreAllFoundInTheEnd() {
        List<byte[]> alike = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] list = new byte[150];
            list[61] = (byte) i;
            alike.add(list);
        }
        byte[] first = slackened(alike.get(0));
        assertThat(alike)
                .allSatisfy(list -> assertThat(ListCache.placeBySample(KIND, slackened(list), 0, list.length))
                        .isEqualTo(ListCache.placeBySample(KIND, first, 0, list.length)));
        int misses = 0;
        for (int round = 0; round < 100; round++) {
            misses = 0;
            for (byte[] list : alike) {
                if (find(list).isEmpty()) {
                    put(list, "text");
                    misses++;
                }
            }
        }
        assertThat(misses).isZero();
    }

    @Test
    void anElementThatLooksLikeTwoIsNotTakenForThem() {
        ExportEvent two = labels("a", "b");
        // The tag and the length that stand between two elements.
        ExportEvent one = labels("a\"\u0001b");
        Engine engine = new Engine(FlowMask.all());
        assertThat(engine.line(two)).contains("[\"a\",\"b\"]");
        assertThat(engine.line(one)).contains("[\"a\\\"\\u0001b\"]");
        assertThat(engine.line(two)).contains("[\"a\",\"b\"]");
    }

    private static ExportEvent labels(String... labels) {
        Endpoint source = Endpoint.newBuilder().addAllLabels(List.of(labels)).build();
        return ExportEvent.newBuilder()
                .setFlow(Flow.newBuilder().setSource(source))
                .build();
    }

    @Test
    void whatLiesBehindAListDoesNotMatter() {
        byte[] list = "0123456789".getBytes(StandardCharsets.US_ASCII);
        put(list, "text");
        byte[] in = slackened(list);
        Arrays.fill(in, list.length, in.length, (byte) 7);
        assertThat(place(KIND, in, list.length)).isEqualTo(place(KIND, slackened(list), list.length));
        assertThat(cache.find(KIND, in, 0, list.length)).isNotNull();
    }

    /** Lists that differ in little must not crowd into few places: with 1,024 of them, 536 lists at random take some 415. */
    @Test
    void everyBitCountsInThePlace() {
        byte[] list = new byte[67];
        Set<Integer> places = new HashSet<>();
        for (int bit = 0; bit < 8 * list.length; bit++) {
            list[bit / 8] ^= (byte) (1 << bit % 8);
            places.add(place(KIND, slackened(list), list.length));
            list[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(places).hasSizeGreaterThan(350);
    }

    @Test
    void longListsAreNotKept() {
        byte[] list = new byte[100_000];
        put(list, "text");
        assertThat(find(list)).isEmpty();
        put(new byte[3], "x".repeat(100_000));
        assertThat(find(new byte[3])).isEmpty();
    }

    @Test
    void linesDoNotDependOnWhatWasPrintedBefore() {
        RandomEvents random = new RandomEvents(52);
        List<ExportEvent> events = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ExportEvent event = random.nextFlow();
            events.add(event);
            lines.add(new Engine(FlowMask.all()).line(event));
        }
        Engine engine = new Engine(FlowMask.all());
        Random order = new Random(53);
        for (int i = 0; i < 5_000; i++) {
            int next = order.nextInt(events.size());
            assertThat(engine.line(events.get(next).toByteArray())).isEqualTo(lines.get(next));
        }
    }
}
