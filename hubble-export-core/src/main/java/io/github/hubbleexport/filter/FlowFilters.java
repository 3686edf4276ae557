package io.github.hubbleexport.filter;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An allow list and a deny list of Hubble's flow filters, compiled. An event passes if the allow list is empty or one of
 * its filters matches, and no filter of the deny list matches. Within a filter every field that is set must match;
 * within a field one value is enough. A filter without fields matches every event.
 *
 * <p>Decides as {@code pkg/hubble/filters} of Cilium 1.19.4 does, for flows and for agent, debug, lost and node status
 * events. Expressions of CEL ({@code experimental.cel_expression}) need {@code dev.cel:cel} on the class path; without it
 * a filter that has one is refused, as is any field that is not known.
 *
 * <p>Immutable; may be shared by all threads. Two are equal if their lists hold the same filters, in whatever order.
 */
public final class FlowFilters {

    private static final FlowFilters NONE = of(List.of(), List.of());

    private final FilterList allow;
    private final FilterList deny;
    private final List<NamedPredicate> allowIf;
    private final List<NamedPredicate> denyIf;
    private final BitSet wanted = new BitSet();
    private final ScanPlan plan;
    private volatile @Nullable FiltersExplainer explainer;

    private FlowFilters(FilterList allow, FilterList deny, List<NamedPredicate> allowIf, List<NamedPredicate> denyIf) {
        this.allow = allow;
        this.deny = deny;
        this.allowIf = List.copyOf(allowIf);
        this.denyIf = List.copyOf(denyIf);
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
        FlowFilters filters = compile(allow, deny, List.of(), List.of(), problems);
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
        FlowFilters filters = compile(texts.allow(), texts.deny(), List.of(), List.of(), problems);
        problems.throwIfAny();
        return filters;
    }

    static FlowFilters compile(
            List<FlowFilter> allow,
            List<FlowFilter> deny,
            List<NamedPredicate> allowIf,
            List<NamedPredicate> denyIf,
            Problems problems) {
        return new FlowFilters(
                FilterList.compile(FilterList.ALLOW, requireNonNull(allow, "allow"), problems),
                FilterList.compile(FilterList.DENY, requireNonNull(deny, "deny"), problems),
                allowIf,
                denyIf);
    }

    /**
     * Whether two lists hold the same filters; neither order nor repetition counts, in the lists and in the values of a
     * filter.
     *
     * @param one a list, which need not compile
     * @param other another one
     */
    public static boolean areEqual(List<FlowFilter> one, List<FlowFilter> other) {
        return FilterList.asSet(one).equals(FilterList.asSet(other));
    }

    /** Starts without filters; for lists that are written in Java, or partly so. */
    public static FlowFiltersBuilder builder() {
        return new FlowFiltersBuilder();
    }

    /**
     * Whether an event passes. Serialises it first; what has the wire bytes should use {@link #test}.
     *
     * @param event the event; not changed
     * @return whether it passes
     */
    public boolean matches(ExportEvent event) {
        return test(Messages.scan(requireNonNull(event, "event"), plan));
    }

    /**
     * Why an event passes or does not: asks every filter of both lists, one after the other, and every predicate. Slow,
     * and the first call compiles each filter once more; the decision is that of {@link #matches}. What a predicate
     * throws comes out.
     *
     * @param event the event; not changed
     * @return what each filter said
     */
    public Explanation explain(ExportEvent event) {
        return explainer().explain(requireNonNull(event, "event"));
    }

    /** Two threads that come first at the same moment make one each, which does no harm. */
    private FiltersExplainer explainer() {
        FiltersExplainer made = explainer;
        if (made == null) {
            made = new FiltersExplainer(
                    new ListExplainer(FilterList.ALLOW, allow(), allowIf),
                    new ListExplainer(FilterList.DENY, deny(), denyIf));
            explainer = made;
        }
        return made;
    }

    /**
     * Whether an event passes. Takes no lock and allocates nothing, except where it reaches a regular expression (which
     * is found in a text), compares an IPv6 address with IPv6 prefixes (one small object) or comes to an
     * expression of CEL or a predicate (the event is parsed, once). What a predicate throws comes out; that the bytes
     * cannot be parsed for one comes out as an {@code UndecodableEventException}.
     *
     * @param event an event whose scan filled {@link #wantedSlots()}; elements of repeated messages may be scanned
     * @return whether it passes
     */
    public boolean test(ScannedEvent event) {
        return isAllowed(event) && !deny.anyPasses(event) && !NamedPredicate.anyPasses(denyIf, event);
    }

    private boolean isAllowed(ScannedEvent event) {
        return (allow.isEmpty() && allowIf.isEmpty())
                || allow.anyPasses(event)
                || NamedPredicate.anyPasses(allowIf, event);
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

    /**
     * The allow list as JSON, one filter a line, with the fields in the order of {@code flow.proto}. {@link #parse} makes
     * an equal list of it. Predicates have no such form and are left out.
     */
    public String allowText() {
        return FilterText.lines(allow());
    }

    /** The deny list as JSON, like {@link #allowText}. */
    public String denyText() {
        return FilterText.lines(deny());
    }

    /** Whether there are no filters at all, so that every event passes. */
    public boolean isEmpty() {
        return allow.isEmpty() && deny.isEmpty() && allowIf.isEmpty() && denyIf.isEmpty();
    }

    /**
     * The lists in the YAML that {@link #parse} reads from its first text; equal filters may print in other orders.
     * Predicates are named in comments, which {@link #parse} passes over.
     */
    @Override
    public String toString() {
        return FilterTexts.yaml(allow(), deny())
                + FilterTexts.comments(FilterList.ALLOW, allowIf)
                + FilterTexts.comments(FilterList.DENY, denyIf);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FlowFilters that
                && allow.asSet().equals(that.allow.asSet())
                && deny.asSet().equals(that.deny.asSet())
                && Set.copyOf(allowIf).equals(Set.copyOf(that.allowIf))
                && Set.copyOf(denyIf).equals(Set.copyOf(that.denyIf));
    }

    @Override
    public int hashCode() {
        return Objects.hash(allow.asSet(), deny.asSet(), Set.copyOf(allowIf), Set.copyOf(denyIf));
    }
}
