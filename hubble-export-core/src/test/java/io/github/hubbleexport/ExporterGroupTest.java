package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.ExportHook.Decision;
import io.github.hubbleexport.encode.EventEncoder;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.filter.FlowFiltersBuilder;
import io.github.hubbleexport.filter.RandomFilters;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.MemorySink;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several exporters behind one scan: each does what it would do alone. */
@Timeout(120)
class ExporterGroupTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Flow FLOW = Flow.newBuilder()
            .setTime(Timestamp.newBuilder().setSeconds(7))
            .setVerdict(Verdict.AUDIT)
            .setUuid("u")
            .build();
    private static final List<String> PATHS = List.of(
            "time",
            "uuid",
            "verdict",
            "source.pod_name",
            "source.labels",
            "source.workloads",
            "destination",
            "l4",
            "l4.TCP.flags",
            "l4.UDP.destination_port",
            "l7.http",
            "l7.dns.query",
            "IP",
            "node_name",
            "node_labels",
            "egress_allowed_by",
            "extensions",
            "interface.name",
            "event_type");

    /** An exporter in a group, and its twin that works alone. */
    private static final class Pair {

        final MemorySink inGroup = new MemorySink();
        final MemorySink alone = new MemorySink();
        final FlowExporter member;
        final FlowExporter single;

        Pair(ExporterBuilder builder) {
            builder.batchBytes(1);
            member = builder.sink(inGroup).build();
            single = builder.sink(alone).build();
        }

        void assertSame(String message) {
            assertThat(inGroup.text()).as(message).isEqualTo(alone.text());
            // In a group the slow way out is that of all.
            assertThat(member.counters())
                    .as(message)
                    .usingRecursiveComparison()
                    .ignoringFields("canonicalized")
                    .isEqualTo(single.counters());
        }
    }

    private static ExportOutcome exportToAll(List<Pair> pairs, ExporterGroup group, byte[] event, boolean bareFlow) {
        pairs.forEach(pair -> {
            ExportOutcome unused = bareFlow ? pair.single.exportFlow(event) : pair.single.export(event);
        });
        return bareFlow ? group.exportFlow(event) : group.export(event);
    }

    private static ExporterGroup group(List<Pair> pairs) {
        return new ExporterGroup(pairs.stream().map(pair -> pair.member).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void eachWritesByteForByteWhatItWritesAlone(long seed) {
        Random random = new Random(seed);
        List<Pair> pairs = IntStream.rangeClosed(0, random.nextInt(6))
                .mapToObj(i -> new Pair(randomBuilder(random)))
                .toList();
        ExporterGroup group = group(pairs);
        RandomFilters filters = new RandomFilters(random.nextLong());
        RandomEvents events = new RandomEvents(random.nextLong());
        OddEncoding encoding = new OddEncoding(random.nextLong());
        for (int i = 0; i < 400; i++) {
            ExportEvent event = random.nextBoolean() ? filters.event() : events.next();
            boolean bareFlow = event.hasFlow() && random.nextInt(4) == 0;
            byte[] wire = encoding.of(bareFlow ? event.getFlow() : event);
            damage(wire, random);
            ExportOutcome unused = exportToAll(pairs, group, wire, bareFlow);
        }
        for (int i = 0; i < pairs.size(); i++) {
            pairs.get(i).assertSame("seed " + seed + ", exporter " + i + ": " + pairs.get(i).single);
        }
    }

    private static void damage(byte[] wire, Random random) {
        for (int bytes = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0; bytes > 0 && wire.length > 0; bytes--) {
            wire[random.nextInt(wire.length)] = (byte) random.nextInt();
        }
    }

    private static ExporterBuilder randomBuilder(Random random) {
        RandomFilters filters = new RandomFilters(random.nextLong());
        boolean selects = random.nextInt(3) > 0;
        ExporterBuilder builder = new ExporterBuilder()
                .encoder(EventEncoder.jsonLines())
                .filters(selects ? FlowFilters.of(filters.filters(4), filters.filters(2)) : FlowFilters.none());
        if (random.nextInt(3) > 0) {
            builder.fieldMask(
                    PATHS.stream().filter(path -> random.nextInt(4) == 0).toList());
        }
        if (random.nextInt(4) == 0) {
            builder.nodeName("node \"" + random.nextInt(10) + "\"");
        }
        if (random.nextInt(4) == 0) {
            builder.hook(event -> hook(event.event(), event));
        }
        return builder;
    }

    /** Does all that a hook can do, and depends on nothing but the event. */
    private static Decision hook(ExportEvent event, HookedEvent hooked) {
        int kind = Math.floorMod(
                event.getFlow().getUuid().hashCode() + event.getFlow().getVerdictValue(), 4);
        if (kind == 1) {
            throw new IllegalStateException("as told");
        }
        if (kind == 2) {
            ExportEvent.Builder replacement = event.toBuilder();
            replacement.getFlowBuilder().setUuid("replaced").clearSource();
            hooked.replace(replacement.build());
        }
        return kind == 3 ? Decision.STOP : Decision.CONTINUE;
    }

    @Test
    void damageCostsOnlyThoseThatLookAtIt() {
        List<Pair> pairs = List.of(
                new Pair(new ExporterBuilder().fieldMask("verdict")),
                new Pair(new ExporterBuilder().fieldMask("uuid")),
                new Pair(new ExporterBuilder().allowList("{\"uuid\":[\"u\"]}").fieldMask("verdict")));
        byte[] badUuid = {(byte) 0x92, 2, 1, (byte) 0xff, 0x10, 1};
        assertThat(exportToAll(pairs, group(pairs), badUuid, true)).isEqualTo(ExportOutcome.LOST);
        pairs.forEach(pair -> pair.assertSame(pair.single.toString()));
        assertThat(pairs.get(0).member.counters().written()).isEqualTo(1);
        assertThat(pairs.get(1).member.counters().lost(LossReason.UNDECODABLE)).isEqualTo(1);
        assertThat(pairs.get(2).member.counters().filtered()).isEqualTo(1);
    }

    @Test
    void aFaultOfOneDoesNotReachAnother() {
        FlowFiltersBuilder picky = FlowFilters.builder().allowIf("picky", event -> {
            throw new IllegalStateException("as told");
        });
        List<Pair> pairs = List.of(
                new Pair(new ExporterBuilder().hook(event -> {
                    throw new IllegalStateException("as told");
                })),
                new Pair(new ExporterBuilder().filters(picky.build())),
                new Pair(new ExporterBuilder().hook(event -> {
                    event.replace(ExportEvent.getDefaultInstance());
                    return Decision.CONTINUE;
                })),
                new Pair(new ExporterBuilder()));
        pairs.get(0).inGroup.fault(batch -> {
            throw new IllegalStateException("never reached");
        });
        assertThat(exportToAll(pairs, group(pairs), FLOW.toByteArray(), true)).isEqualTo(ExportOutcome.LOST);
        pairs.forEach(pair -> pair.assertSame(pair.single.toString()));
        assertThat(pairs.get(2).inGroup.text()).isEqualTo("{}\n");
        assertThat(pairs.get(3).inGroup.text()).contains("AUDIT");
    }

    @Test
    void strictDeliveryOfOneThrowsAfterTheOthersHaveTheEvent() {
        MemorySink broken = new MemorySink();
        broken.fault(batch -> {
            throw new IllegalStateException("as told");
        });
        Pair after = new Pair(new ExporterBuilder());
        FlowExporter strict =
                new ExporterBuilder().delivery(Delivery.strict()).sink(broken).build();
        ExporterGroup group = new ExporterGroup(List.of(strict, after.member));
        assertThatThrownBy(() -> group.export(FLOW)).isInstanceOf(StrictDeliveryException.class);
        assertThat(after.member.counters().written()).isEqualTo(1);
        broken.fault(batch -> {});
        assertThat(group.export(FLOW)).isEqualTo(ExportOutcome.WRITTEN);
        strict.close();
        assertThat(strict.counters().inFlight()).isZero();
    }

    @Test
    void theOutcomeTellsTheWorst() {
        Pair filters = new Pair(new ExporterBuilder().allowList("{\"verdict\":[\"DROPPED\"]}"));
        Pair stops = new Pair(new ExporterBuilder().hook(event -> Decision.STOP));
        Pair writes = new Pair(new ExporterBuilder());
        MemorySink broken = new MemorySink();
        broken.fault(batch -> {
            throw new IllegalStateException("as told");
        });
        FlowExporter loses = new ExporterBuilder().sink(broken).batchBytes(1).build();
        FlowExporter buffers = new ExporterBuilder().sink(new MemorySink()).build();
        ExporterGroup group = new ExporterGroup(List.of());
        assertThat(group.export(FLOW)).isEqualTo(ExportOutcome.FILTERED);
        List<FlowExporter> members = new ArrayList<>();
        for (var step : List.of(
                new Object[] {filters.member, ExportOutcome.FILTERED},
                new Object[] {stops.member, ExportOutcome.STOPPED},
                new Object[] {writes.member, ExportOutcome.WRITTEN},
                new Object[] {buffers, ExportOutcome.BUFFERED},
                new Object[] {loses, ExportOutcome.LOST})) {
            members.add((FlowExporter) step[0]);
            assertThat(group.replace(members, LONG)).isTrue();
            assertThat(group.exporters()).isEqualTo(members);
            assertThat(group.export(FLOW)).isEqualTo(step[1]);
        }
        members.forEach(FlowExporter::close);
        assertThat(loses.counters().received()).isEqualTo(1);
        assertThat(writes.member.counters().received()).isEqualTo(3);
    }

    @Test
    void refusesAnExporterTwiceAndStaysAsItWas() {
        Pair pair = new Pair(new ExporterBuilder());
        ExporterGroup group = group(List.of(pair));
        assertThatThrownBy(() -> group.replace(List.of(pair.member, pair.member), LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(group.export(FLOW)).isEqualTo(ExportOutcome.WRITTEN);
    }

    @Test
    void everyEventIsInExactlyOneOfOldAndNewWhileExportersChangeUnderLoad() throws InterruptedException {
        FlowExporter stays = new ExporterBuilder().sink(new MemorySink()).build();
        ExporterGroup group = new ExporterGroup(List.of(stays));
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    while (!over.get()) {
                        ExportOutcome unused = group.exportFlow(FLOW.toByteArray());
                        sent.incrementAndGet();
                    }
                }))
                .toList();
        List<FlowExporter> changing = new ArrayList<>();
        changing.add(new ExporterBuilder().sink(new MemorySink()).build());
        assertThat(group.replace(List.of(changing.get(0), stays), LONG)).isTrue();
        threads.forEach(Thread::start);
        for (int i = 1; i < 100; i++) {
            FlowExporter old = changing.get(i - 1);
            FlowExporter next = new ExporterBuilder().sink(new MemorySink()).build();
            changing.add(next);
            assertThat(group.replace(List.of(next, stays), LONG)).isTrue();
            old.close();
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        stays.close();
        changing.forEach(FlowExporter::close);
        assertThat(stays.counters().written()).isEqualTo(sent.get());
        assertThat(changing).allSatisfy(exporter -> {
            assertThat(exporter.counters().lostTotal()).isZero();
            assertThat(exporter.counters().inFlight()).isZero();
        });
        assertThat(changing.stream().mapToLong(e -> e.counters().written()).sum())
                .isEqualTo(sent.get());
    }

    @Test
    void aReplacementWaitsForEventsOnTheirWayUntilItsTimeOut() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FlowExporter slow = new ExporterBuilder()
                .sink(new MemorySink())
                .hook(event -> {
                    inside.countDown();
                    release.await();
                    return Decision.CONTINUE;
                })
                .build();
        ExporterGroup group = new ExporterGroup(List.of(slow));
        Thread exporting = new Thread(() -> {
            ExportOutcome unused = group.export(FLOW);
        });
        exporting.start();
        inside.await();
        Thread.currentThread().interrupt();
        assertThat(group.replace(List.of(), Duration.ofMillis(1))).isFalse();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(group.replace(List.of(), Duration.ofMillis(1)))
                .as("the one that waits is not forgotten")
                .isFalse();
        release.countDown();
        assertThat(group.replace(List.of(), LONG)).isTrue();
        exporting.join();
        slow.close();
        assertThat(slow.counters().written()).isEqualTo(1);
    }
}
