package io.github.hubbleexport.filter;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts filters together in Java, from whatever they come as:
 *
 * <pre>{@code
 * FlowFilters filters = FlowFilters.builder()
 *         .allow(filter -> filter.addSourcePod("shop/").addVerdict(Verdict.DROPPED))
 *         .allowJson("{\"destination_port\":[\"53\"]}")
 *         .allowIf("large HTTP answers", event -> event.getFlow().getL7().getLatencyNs() > 1_000_000)
 *         .deny(filter -> filter.addSourceLabel("reserved:health"))
 *         .build();
 * }</pre>
 *
 * <p>Within a filter every field that is set must match, one value of a field is enough; of the filters of the allow
 * list one must match, if there are any, and of those of the deny list none. For one thread; may be built from more than
 * once.
 */
public final class FlowFiltersBuilder {

    private final List<FlowFilter> allow = new ArrayList<>();
    private final List<FlowFilter> deny = new ArrayList<>();
    private final List<NamedPredicate> allowIf = new ArrayList<>();
    private final List<NamedPredicate> denyIf = new ArrayList<>();
    private final Problems problems = new Problems();

    FlowFiltersBuilder() {}

    /**
     * Adds filters to the allow list.
     *
     * @param filters messages as Hubble's API has them
     * @return this
     */
    public FlowFiltersBuilder allow(FlowFilter... filters) {
        allow.addAll(List.of(filters));
        return this;
    }

    /**
     * Adds one filter to the allow list.
     *
     * @param fields sets its fields; one that sets nothing makes a filter that matches every event
     * @return this
     */
    public FlowFiltersBuilder allow(Consumer<FlowFilter.Builder> fields) {
        allow.add(filter(fields));
        return this;
    }

    /**
     * Adds the filters of a text to the allow list.
     *
     * @param filters JSON objects one after the other, a JSON array, or a YAML document with an {@code allowlist}, see
     *     {@link FlowFilters#parse}; what is wrong with them is told by {@link #build}
     * @return this
     */
    public FlowFiltersBuilder allowJson(String filters) {
        FilterTexts.readInto(allow, FilterList.ALLOW, requireNonNull(filters, "filters"), problems);
        return this;
    }

    /**
     * Adds a filter written in Java to the allow list. It is asked after all those that were compiled.
     *
     * @param name tells people what it is, in explanations and in {@link FlowFilters#toString()}
     * @param predicate whether the filter matches
     * @return this
     */
    public FlowFiltersBuilder allowIf(String name, EventPredicate predicate) {
        allowIf.add(named(name, predicate));
        return this;
    }

    /**
     * Adds filters to the deny list.
     *
     * @param filters messages as Hubble's API has them
     * @return this
     */
    public FlowFiltersBuilder deny(FlowFilter... filters) {
        deny.addAll(List.of(filters));
        return this;
    }

    /**
     * Adds one filter to the deny list.
     *
     * @param fields sets its fields; one that sets nothing makes a filter that matches every event
     * @return this
     */
    public FlowFiltersBuilder deny(Consumer<FlowFilter.Builder> fields) {
        deny.add(filter(fields));
        return this;
    }

    /**
     * Adds the filters of a text to the deny list.
     *
     * @param filters JSON objects one after the other, a JSON array, or a YAML document with a {@code denylist}, see
     *     {@link FlowFilters#parse}; what is wrong with them is told by {@link #build}
     * @return this
     */
    public FlowFiltersBuilder denyJson(String filters) {
        FilterTexts.readInto(deny, FilterList.DENY, requireNonNull(filters, "filters"), problems);
        return this;
    }

    /**
     * Adds a filter written in Java to the deny list. It is asked after all those that were compiled.
     *
     * @param name tells people what it is, in explanations and in {@link FlowFilters#toString()}
     * @param predicate whether the filter matches
     * @return this
     */
    public FlowFiltersBuilder denyIf(String name, EventPredicate predicate) {
        denyIf.add(named(name, predicate));
        return this;
    }

    /**
     * Compiles everything.
     *
     * @return the compiled lists
     * @throws ConfigException with every problem of every text and of every filter
     */
    public FlowFilters build() {
        Problems all = new Problems();
        problems.list().forEach(problem -> all.add(problem.path(), problem.value(), problem.reason()));
        FlowFilters filters = FlowFilters.compile(allow, deny, allowIf, denyIf, all);
        all.throwIfAny();
        return filters;
    }

    private static FlowFilter filter(Consumer<FlowFilter.Builder> fields) {
        FlowFilter.Builder filter = FlowFilter.newBuilder();
        fields.accept(filter);
        return filter.build();
    }

    private static NamedPredicate named(String name, EventPredicate predicate) {
        return new NamedPredicate(requireNonNull(name, "name"), requireNonNull(predicate, "predicate"));
    }
}
