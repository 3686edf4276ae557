package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.re2j.Pattern;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What filters of odd size or shape cost, in steps and bytes; never in time. */
class HostileFiltersTest {

    /** What compiling may allocate for each byte of the filters, and for each filter. */
    private static final int BYTES_PER_BYTE = 300;

    private static final long BYTES_PER_FILTER = 16 * 1024;

    private static final int TEXT = 100_000;

    private static final int MANY = 2_000;

    @Test
    void aPatternReadsItsTextOnceWhateverItIs() {
        CountingText text = new CountingText("a".repeat(TEXT) + "b");
        assertThat(Pattern.compile("(a+)+$").matcher(text).find()).isFalse();
        assertThat(text.reads).isBetween((long) TEXT, 4L * TEXT);
    }

    @Test
    void aPatternDecidesAboutALongText() {
        String url = "\"l7\":{\"http\":{\"url\":\"http://h/%s\"}}";
        ExportEvent matching = Events.flow(url.formatted("a".repeat(TEXT)));
        ExportEvent other = Events.flow(url.formatted("a".repeat(TEXT) + "b"));
        for (String field : List.of("http_url", "http_path")) {
            assertThat(Events.pass(field, "(a+)+$", matching)).isTrue();
            assertThat(Events.pass(field, "^/?(a+)+$", other)).isFalse();
        }
    }

    @Test
    void manyNetworksAreOneTestOfTheirSize() {
        List<FlowFilter> filters = list(
                1000,
                i -> FlowFilter.newBuilder()
                        .addAllSourceIp(IntStream.range(100 * i, 100 * i + 100)
                                .mapToObj(address -> "10." + (address >> 16) + "." + (address >> 8 & 0xff) + "."
                                        + (address & 0xff) + "/32")
                                .toList())
                        .build());
        FilterList list = compiledWithinBounds(filters);
        assertThat(list.tests()).isEqualTo(1);
        assertThat(list.anyPasses(scanned(list, "\"IP\":{\"source\":\"10.1.134.159\"}")))
                .isTrue();
        assertThat(list.anyPasses(scanned(list, "\"IP\":{\"source\":\"10.1.134.160\"}")))
                .isFalse();
    }

    /** Ranges around one are looked at one after the other, but there cannot be more of them than bits. */
    @Test
    void networksWithinEachOtherAreAsManyAsBits() {
        List<AddressRanges.Range> nested = IntStream.rangeClosed(0, 128)
                .mapToObj(bits -> AddressRanges.Range.ofPrefix(-1, -1, bits))
                .toList();
        AddressRanges all = AddressRanges.ofSorted(nested);
        int steps = 0;
        for (int at = all.narrowest(-1, -1); at != AddressRanges.NONE; at = all.around(at)) {
            steps++;
        }
        assertThat(steps).isEqualTo(129);
        assertThat(AddressRanges.ofPrefixes(nested).size()).isEqualTo(1);
    }

    @Test
    void manyPodsAreOneTest() {
        List<FlowFilter> filters = list(
                10_000,
                i -> FlowFilter.newBuilder()
                        .addSourcePod("ns-" + i % 100 + "/pod-" + i)
                        .build());
        FilterList list = compiledWithinBounds(filters);
        assertThat(list.tests()).isEqualTo(1);
        assertThat(list.anyPasses(scanned(list, pod("ns-77", "pod-9977-x")))).isTrue();
        assertThat(list.anyPasses(scanned(list, pod("ns-78", "pod-9977-x")))).isFalse();
    }

    private static String pod(String namespace, String name) {
        return "\"source\":{\"namespace\":\"" + namespace + "\",\"pod_name\":\"" + name + "\"}";
    }

    @Test
    void ofManyFiltersOnlyThoseRunWhoseValuesTheEventHas() {
        assertThat(runs(i -> FlowFilter.newBuilder()
                        .addSourcePod("shop/pod-" + i + "-")
                        .addDestinationPod("shop/" + i)))
                .isEqualTo(1);
        assertThat(runs(i -> FlowFilter.newBuilder()
                        .addSourceIp("10.0." + i / 256 + "." + i % 256)
                        .addUuid("u" + i)))
                .isEqualTo(1);
        assertThat(runs(i -> FlowFilter.newBuilder()
                        .addSourceLabel("env=prod,app=app-" + i)
                        .addDestinationPod("shop/")))
                .isEqualTo(1);
        assertThat(runs(i -> FlowFilter.newBuilder()
                        .addSourceLabel("env=prod,reserved:host")
                        .addSourcePod("shop/pod-7-")))
                .as("filters that cannot be told apart")
                .isEqualTo(MANY);
    }

    /** How many of many filters an event runs that is about the seventh. */
    private static int runs(IntFunction<FlowFilter.Builder> filter) {
        Counting counting = new Counting();
        List<FilterProgram> programs = IntStream.range(0, MANY)
                .mapToObj(i -> new FilterProgram(filter.apply(i).build(), List.of(counting)))
                .toList();
        FlowFilter seventh = filter.apply(7).build();
        FilterList list = FilterList.compile(FilterList.ALLOW, List.of(seventh), new Problems());
        ScannedEvent event = scanned(
                list,
                "\"uuid\":\"u7\",\"IP\":{\"source\":\"10.0.0.7\"},\"source\":{\"namespace\":\"shop\",\"pod_name\":\"pod-7-x\","
                        + "\"labels\":[\"k8s:env=prod\",\"k8s:app=app-7\",\"reserved:host\"]},"
                        + "\"destination\":{\"namespace\":\"shop\",\"pod_name\":\"7\"}");
        assertThat(list.anyPasses(event)).isTrue();
        FilterIndex.arrange(programs).forEach(test -> test.test(event));
        return counting.tests;
    }

    @Test
    void aLongSelectorIsAsLargeAsItIsLong() {
        String values = IntStream.range(0, 120_000).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        assertThat(values).hasSizeGreaterThan(800_000);
        FilterList list = compiledWithinBounds(List.of(FlowFilter.newBuilder()
                .addSourceLabel("app in (" + values + ")")
                .build()));
        assertThat(list.anyPasses(scanned(list, "\"source\":{\"labels\":[\"k8s:app=v119999\"]}")))
                .isTrue();
        assertThat(list.anyPasses(scanned(list, "\"source\":{\"labels\":[\"k8s:app=v120000\"]}")))
                .isFalse();
    }

    @Test
    void aLongSelectorOfOneKeyLooksForItOnce() throws SelectorException {
        String unequal = IntStream.range(0, 120_000).mapToObj(i -> "app!=v" + i).collect(Collectors.joining(","));
        assertThat(unequal).hasSizeGreaterThan(1 << 20);
        assertThat(LabelSelectorParser.parse(unequal).size()).isEqualTo(1);
        FilterList list = compiledWithinBounds(
                List.of(FlowFilter.newBuilder().addSourceLabel(unequal).build()));
        assertThat(list.anyPasses(scanned(list, "\"source\":{\"labels\":[\"k8s:app=v119999\"]}")))
                .isFalse();
        assertThat(list.anyPasses(scanned(list, "\"source\":{\"labels\":[\"k8s:app=v120000\"]}")))
                .isTrue();
    }

    private static List<FlowFilter> list(int count, IntFunction<FlowFilter> filter) {
        return IntStream.range(0, count).mapToObj(filter).toList();
    }

    private static ScannedEvent scanned(FilterList list, String members) {
        BitSet wanted = new BitSet();
        list.wants(wanted);
        ScannedEvent event = new ScannedEvent(ScanPlan.of(wanted));
        byte[] wire = Events.flow(members).toByteArray();
        event.load(wire, 0, wire.length, false);
        event.scan();
        return event;
    }

    private static FilterList compiledWithinBounds(List<FlowFilter> filters) {
        Problems problems = new Problems();
        List<FilterList> compiled = new ArrayList<>();
        long allocated = allocated(() -> FilterList.compile(FilterList.ALLOW, filters, problems), compiled);
        long size = filters.stream().mapToLong(FlowFilter::getSerializedSize).sum();
        assertThat(problems.isEmpty()).isTrue();
        assertThat(allocated)
                .as("bytes for %d filters of %d bytes", filters.size(), size)
                .isLessThan(size * BYTES_PER_BYTE + filters.size() * BYTES_PER_FILTER);
        return compiled.get(0);
    }

    private static long allocated(Supplier<FilterList> compiling, List<FilterList> compiled) {
        boolean isCounting = ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean;
        assumeTrue(isCounting, "this JVM does not count allocations");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        compiled.add(compiling.get());
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    /** Holds for no event, and knows how often it was asked. */
    private static final class Counting extends Clause {

        private int tests;

        @Override
        boolean test(ScannedEvent event) {
            tests++;
            return false;
        }

        @Override
        void wants(BitSet slots) {}

        @Override
        Cost cost() {
            return Cost.NUMBER;
        }
    }

    /** Counts how often a character of it is read. */
    private static final class CountingText implements CharSequence {

        private final String text;
        private long reads;

        CountingText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
