package io.github.hubbleexport.filter;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An allow list and a deny list of Hubble's flow filters, compiled. An event passes if the allow list is empty or one of
 * its filters matches, and no filter of the deny list matches. Within a filter every field that is set must match;
 * within a field one value is enough. A filter without fields matches every event.
 *
 * <p>Decides as {@code pkg/hubble/filters} of Cilium 1.19.4 does, for flows and for agent, debug, lost and node status
 * events. {@code experimental.cel_expression} is not supported yet and refused, as is any field that is not known.
 *
 * <p>Immutable; may be shared by all threads. Two are equal if their lists hold the same filters, in whatever order.
 */
public final class FlowFilters {

    private static final FlowFilters NONE = of(List.of(), List.of());

    private final FilterList allow;
    private final FilterList deny;
    private final BitSet wanted = new BitSet();
    private final ScanPlan plan;

    private FlowFilters(FilterList allow, FilterList deny) {
        this.allow = allow;
        this.deny = deny;
        allow.wants(wanted);
        deny.wants(wanted);
        plan = ScanPlan.of(wanted);
    }

    /** No filters: every event passes. */
    public static FlowFilters none() {
        return NONE;
    }

    /**
     * Compiles two lists of filters.
     *
     * @param allow of these an event has to pass one; empty for no restriction
     * @param deny of these an event must not pass any
     * @return the compiled lists
     * @throws ConfigException with every problem of every filter; paths look like {@code denylist[2].source_ip[0]}
     */
    public static FlowFilters of(List<FlowFilter> allow, List<FlowFilter> deny) {
        Problems problems = new Problems();
        FlowFilters filters = compile(allow, deny, problems);
        problems.throwIfAny();
        return filters;
    }

    /**
     * Reads and compiles two lists of filters. A list is a sequence of JSON objects separated by white space, as in
     * Hubble's flags and ConfigMap, one object a line, a JSON array of them, or the YAML that
     * {@code hubble observe --print-raw-filters} prints: {@code allowlist:} and {@code denylist:} with a JSON text in
     * each element. Such a document may hold both lists when the other text is blank. Objects follow the JSON mapping
     * of protobuf: names of fields as in {@code flow.proto} or in camel case, enums by name or number.
     *
     * @param allow the allow list; blank for none
     * @param deny the deny list; blank for none
     * @return the compiled lists
     * @throws ConfigException with everything that is wrong with the texts and the values in them
     */
    public static FlowFilters parse(String allow, String deny) {
        requireNonNull(allow, "allow");
        requireNonNull(deny, "deny");
        Problems problems = new Problems();
        FilterTexts texts = FilterTexts.read(allow, deny, problems);
        FlowFilters filters = compile(texts.allow(), texts.deny(), problems);
        problems.throwIfAny();
        return filters;
    }

    private static FlowFilters compile(List<FlowFilter> allow, List<FlowFilter> deny, Problems problems) {
        return new FlowFilters(
                FilterList.compile(FilterList.ALLOW, requireNonNull(allow, "allow"), problems),
                FilterList.compile(FilterList.DENY, requireNonNull(deny, "deny"), problems));
    }

    /**
     * Whether an event passes. Serialises it first; what has the wire bytes should use {@link #test}.
     *
     * @param event the event; not changed
     * @return whether it passes
     */
    public boolean matches(ExportEvent event) {
        ScannedEvent scanned = new ScannedEvent(plan);
        scanned.load(requireNonNull(event, "event"), false);
        try {
            // A message may carry a field it knows among its unknown ones, which has to be merged.
            if (scanned.scan() == ScanResult.NEEDS_CANONICAL) {
                scanned.makeCanonical();
                scanned.scan();
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an event that was just serialised", e);
        }
        return test(scanned);
    }

    /**
     * Whether an event passes. Takes no lock and allocates nothing, except where it reaches a regular expression (which
     * is found in a text) or compares an IPv6 address with IPv6 prefixes (one small object).
     *
     * @param event an event whose scan filled {@link #wantedSlots()}; elements of repeated messages may be scanned
     * @return whether it passes
     */
    public boolean test(ScannedEvent event) {
        return (allow.isEmpty() || allow.anyPasses(event)) && !deny.anyPasses(event);
    }

    /** The slots that {@link #test} reads. A copy. */
    public BitSet wantedSlots() {
        return (BitSet) wanted.clone();
    }

    /** The filters of the allow list, as they were given. */
    public List<FlowFilter> allow() {
        return allow.filters();
    }

    /** The filters of the deny list, as they were given. */
    public List<FlowFilter> deny() {
        return deny.filters();
    }

    /** Whether there are no filters at all, so that every event passes. */
    public boolean isEmpty() {
        return allow.isEmpty() && deny.isEmpty();
    }

    /** The lists in the YAML that {@link #parse} reads from its first text; equal filters may print in other orders. */
    @Override
    public String toString() {
        return FilterTexts.yaml(allow(), deny());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FlowFilters that
                && allow.asSet().equals(that.allow.asSet())
                && deny.asSet().equals(that.deny.asSet());
    }

    @Override
    public int hashCode() {
        return 31 * allow.asSet().hashCode() + deny.asSet().hashCode();
    }
}
