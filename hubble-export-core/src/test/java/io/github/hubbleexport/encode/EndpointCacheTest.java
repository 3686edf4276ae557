package io.github.hubbleexport.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.Engine;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.wire.EventSchema;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointCacheTest {

    private static final EventSchema SCHEMA = EventSchema.get();
    private static final int SOURCE = SCHEMA.field("flow.source").slot();
    private static final int DESTINATION = SCHEMA.field("flow.destination").slot();

    /** A text that holds what stands on the wire between it and a label. */
    private static final String WITH_A_LABEL = "a\"\u0001b";

    /** One that is, with what stands before it on the wire, a cluster's name. */
    private static final String WITH_A_CLUSTER = ":\u0001a";

    private static final Endpoint POD = Endpoint.newBuilder()
            .setID(7)
            .setIdentity(4711)
            .setNamespace("shop")
            .addLabels("k8s:app=cart")
            .addLabels("k8s:tier=backend")
            .setPodName("cart-1")
            .addWorkloads(Workload.newBuilder().setName("cart").setKind("Deployment"))
            .setClusterName("default")
            .build();

    private final EndpointCache cache = new EndpointCache();

    private static ScannedEvent scanned(Flow flow) {
        return scanned(ExportEvent.newBuilder().setFlow(flow).build().toByteArray());
    }

    private static ScannedEvent scanned(byte[] wire) {
        BitSet all = new BitSet();
        all.set(0, SCHEMA.size());
        ScannedEvent event = new ScannedEvent(ScanPlan.of(all));
        event.load(wire, 0, wire.length, false);
        assertThat(event.scan()).isEqualTo(ScanResult.COMPLETE);
        return event;
    }

    private static ScannedEvent scanned(Endpoint source) {
        return scanned(Flow.newBuilder().setSource(source).build());
    }

    /** Keeps two texts, with a pod's name between them that is not to be kept. */
    private void put(ScannedEvent event, String before, String after) {
        byte[] out = (before + "name" + after).getBytes(StandardCharsets.UTF_8);
        cache.put(event, SOURCE, out, 0, before.length(), before.length() + "name".length(), out.length);
    }

    private String find(ScannedEvent event, int slot) {
        EndpointCache.Printed found = cache.find(event, slot);
        if (found == null) {
            return "nothing";
        }
        byte[] out = new byte[found.length() + 1];
        int end = found.beforeName.write(out, 0);
        out[end] = '|';
        assertThat(found.afterName.write(out, end + 1)).isEqualTo(out.length);
        return new String(out, StandardCharsets.UTF_8);
    }

    private String find(Endpoint source) {
        return find(scanned(source), SOURCE);
    }

    @Test
    void anotherPodOfTheIdentityIsFoundOnEitherSide() {
        put(scanned(POD), "before", "after");
        Endpoint other =
                POD.toBuilder().setID(8).setPodName("a pod with a longer name").build();
        assertThat(find(POD)).isEqualTo("before|after");
        assertThat(find(other)).isEqualTo("before|after");
        assertThat(find(scanned(Flow.newBuilder().setDestination(other).build()), DESTINATION))
                .isEqualTo("before|after");
    }

    @Test
    void whatDiffersInOneMemberIsNotFound() {
        put(scanned(POD), "before", "after");
        List<Endpoint> others = List.of(
                POD.toBuilder().setNamespace("sho_").build(),
                POD.toBuilder().setLabels(1, "k8s:tier=frontend").build(),
                POD.toBuilder().setLabels(0, "k8s:app=card").build(),
                POD.toBuilder().addLabels("k8s:more").build(),
                POD.toBuilder()
                        .setWorkloads(0, Workload.newBuilder().setName("cart"))
                        .build(),
                POD.toBuilder()
                        .addWorkloads(Workload.newBuilder().setName("cart"))
                        .build(),
                POD.toBuilder().setClusterName("defaul_").build());
        assertThat(others).allSatisfy(other -> assertThat(find(other)).isEqualTo("nothing"));
    }

    /** Nothing but the length of the first value in each run, which stands before it, tells them apart. */
    @ParameterizedTest
    @MethodSource("twins")
    void theSameBytesReadInAnotherWayAreNotFound(Endpoint one, Endpoint other) {
        put(scanned(one), "before", "after");
        assertThat(find(other)).isEqualTo("nothing");
        assertThat(find(one)).isEqualTo("before|after");
    }

    static List<Arguments> twins() {
        Endpoint.Builder bare = POD.toBuilder().clearLabels().setNamespace("a");
        Endpoint twoLabels = bare.clone().addLabels("b").addLabels("c").build();
        Endpoint label = bare.clone().setNamespace(WITH_A_LABEL).addLabels("c").build();
        Endpoint shortLabels = bare.clone().addLabels("a").addLabels("b").build();
        Endpoint longLabel = bare.clone().addLabels(WITH_A_LABEL).build();
        Workload name = Workload.newBuilder().setName("n").build();
        Workload kind = Workload.newBuilder().setKind("k").build();
        UnknownFieldSet.Field unknown = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(kind.toByteString())
                .build();
        Workload both = name.toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(Endpoint.WORKLOADS_FIELD_NUMBER, unknown)
                        .build())
                .build();
        Endpoint twoWorkloads = POD.toBuilder()
                .clearWorkloads()
                .addWorkloads(name)
                .addWorkloads(kind)
                .build();
        Endpoint oneWorkload =
                POD.toBuilder().clearWorkloads().addWorkloads(both).build();
        return List.of(
                Arguments.of(twoLabels, label),
                Arguments.of(label, twoLabels),
                Arguments.of(shortLabels, longLabel),
                Arguments.of(longLabel, shortLabels),
                Arguments.of(twoWorkloads, oneWorkload),
                Arguments.of(oneWorkload, twoWorkloads));
    }

    /** The namespace that ends before an unknown field, and the one that holds the same bytes. */
    @Test
    void whatLiesBetweenNamespaceAndLabelsIsNotTakenForPartOfIt() {
        byte[] between = withUnknownField();
        put(scanned(between), "before", "after");
        assertThat(find(POD.toBuilder().setNamespace("az\u0001z").build())).isEqualTo("nothing");
        assertThat(find(scanned(between), SOURCE)).isEqualTo("before|after");
    }

    private static byte[] withUnknownField() {
        Endpoint.Builder before =
                Endpoint.newBuilder().setID(7).setIdentity(4711).setNamespace("a");
        UnknownFieldSet.Field unknown = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8("z"))
                .build();
        before.setUnknownFields(
                UnknownFieldSet.newBuilder().addField(15, unknown).build());
        return parts(before, POD.toBuilder().clearID().clearIdentity().clearNamespace());
    }

    /** What is found again and again is not driven out by what comes once. */
    @Test
    void whatIsInUseStaysWhereItIs() {
        Endpoint alike = POD.toBuilder().setNamespace("bank").build();
        put(scanned(POD), "before", "after");
        put(scanned(alike), "new", "newer");
        assertThat(find(POD)).isEqualTo("before|after");
        put(scanned(alike), "new", "newer");
        assertThat(find(POD)).isEqualTo("before|after");
        put(scanned(alike), "new", "newer");
        put(scanned(alike), "new", "newer");
        assertThat(find(POD)).isEqualTo("nothing");
        assertThat(find(alike)).isEqualTo("new|newer");
    }

    @Test
    void whatIsLongIsNotKept() {
        Endpoint large = POD.toBuilder().addLabels("x".repeat(3_000)).build();
        put(scanned(large), "before", "after");
        put(scanned(POD), "x".repeat(5_000), "after");
        assertThat(find(large)).isEqualTo("nothing");
        assertThat(find(POD)).isEqualTo("nothing");
    }

    /** They lie outside of what is compared. */
    @Test
    void whatIsNotInTheUsualOrderIsNeitherKeptNorFound() {
        Endpoint.Builder more = Endpoint.newBuilder().addLabels("k8s:app=card");
        Endpoint.Builder workload = Endpoint.newBuilder().addWorkloads(Workload.newBuilder());
        for (byte[] wire : List.of(
                parts(POD.toBuilder().clearNamespace(), Endpoint.newBuilder().setNamespace("shop")),
                parts(POD.toBuilder().clearWorkloads(), Endpoint.newBuilder().addAllWorkloads(POD.getWorkloadsList())),
                parts(more, POD.toBuilder()),
                parts(POD.toBuilder(), workload))) {
            ScannedEvent event = scanned(wire);
            put(event, "before", "after");
            assertThat(find(event, SOURCE)).isEqualTo("nothing");
            put(scanned(POD), "usual", "order");
            assertThat(find(event, SOURCE)).isEqualTo("nothing");
            assertThat(find(POD)).isEqualTo("usual|order");
        }
    }

    /** One endpoint, whose bytes are those of two, one behind the other. */
    private static byte[] parts(Endpoint.Builder first, Endpoint.Builder second) {
        ByteString source = first.build().toByteString().concat(second.build().toByteString());
        ByteString flow = field(Flow.SOURCE_FIELD_NUMBER, source);
        return field(ExportEvent.FLOW_FIELD_NUMBER, flow).toByteArray();
    }

    private static ByteString field(int number, ByteString value) {
        return ByteString.copyFrom(new byte[] {
                    (byte) ((number << 3) | 2), (byte) ((value.size() & 0x7f) | 0x80), (byte) (value.size() >>> 7)
                })
                .concat(value);
    }

    /** Few values for each member, so that endpoints come again, are alike, and are in each other's way. */
    @ParameterizedTest
    @ValueSource(longs = {91, 92})
    void linesDoNotDependOnTheEndpointsBefore(long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        OddEncoding odd = new OddEncoding(seed);
        for (FlowMask mask : List.of(
                FlowMask.all(),
                FlowMask.of(List.of("source", "destination.labels", "destination.workloads")),
                FlowMask.of(List.of("source.namespace", "source.labels", "source.workloads", "source.cluster_name")))) {
            Engine engine = new Engine(mask);
            for (int i = 0; i < 4_000; i++) {
                ExportEvent event = ExportEvent.newBuilder()
                        .setFlow(Flow.newBuilder().setSource(endpoint(random)).setDestination(endpoint(random)))
                        .build();
                String line = switch (random.nextInt(8)) {
                    case 0 -> engine.line(event);
                    case 1, 2 -> engine.line(odd.of(event));
                    default -> engine.line(event.toByteArray());
                };
                assertThat(line).isEqualTo(expected(event, mask));
            }
        }
    }

    private static Endpoint endpoint(Random random) {
        Endpoint.Builder endpoint =
                Endpoint.newBuilder().setID(random.nextInt(3)).setIdentity(random.nextInt(3));
        if (random.nextInt(8) > 0) {
            endpoint.setNamespace(text(random)).setClusterName(text(random)).setPodName(text(random));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            endpoint.addLabels(text(random));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            endpoint.addWorkloads(Workload.newBuilder().setName(text(random)).setKind(text(random)));
        }
        return endpoint.build();
    }

    private static String text(Random random) {
        return List.of("", "a", "b", "a", WITH_A_LABEL, WITH_A_CLUSTER).get(random.nextInt(6));
    }

    private static String expected(ExportEvent event, FlowMask mask) throws InvalidProtocolBufferException {
        ExportEvent masked = mask.isAll()
                ? event
                : ExportEvent.newBuilder().setFlow(mask.apply(event.getFlow())).build();
        return MessageJson.print(masked) + "\n";
    }
}
