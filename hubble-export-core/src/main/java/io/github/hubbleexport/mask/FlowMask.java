package io.github.hubbleexport.mask;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The fields of a flow that are exported, as paths such as {@code source.pod_name}. Upstream calls it a field mask
 * ({@code pkg/hubble/parser/fieldmask}). Immutable; two masks are equal when they let the same fields through.
 *
 * <p>A path names fields of {@code flow.Flow} as the protobuf definition spells them, separated by dots. It may lead
 * through messages, also those of a oneof, but not through repeated fields. A path to a message stands for all of it. A
 * message on the way to a masked field is always exported, even when nothing in it is set, except members of a oneof:
 * these are exported only when the flow has them.
 */
public final class FlowMask {

    private static final FlowMask ALL = new FlowMask(List.of());

    private final List<String> paths;

    private FlowMask(List<String> paths) {
        this.paths = paths;
    }

    /** The mask that lets every field through. */
    public static FlowMask all() {
        return ALL;
    }

    /**
     * A mask of these paths.
     *
     * @param paths the paths; none lets every field through, as in Hubble
     * @return the mask
     * @throws ConfigException with a problem for each path that names no field, at {@code fieldmask[i]}
     */
    public static FlowMask of(List<String> paths) {
        Problems problems = new Problems();
        for (int i = 0; i < paths.size(); i++) {
            MaskPath.check(requireNonNull(paths.get(i), "path"), "fieldmask[" + i + "]", problems);
        }
        problems.throwIfAny();
        return paths.isEmpty() ? ALL : new FlowMask(normalised(paths));
    }

    /**
     * A mask of the paths in a text, separated by white space or commas, as Hubble's flags and ConfigMap have them.
     *
     * @param paths the paths; an empty text lets every field through
     * @return the mask
     * @throws ConfigException as {@link #of}
     */
    public static FlowMask parse(String paths) {
        return of(Arrays.stream(paths.split("[\\s,]+"))
                .filter(path -> !path.isEmpty())
                .toList());
    }

    /** Sorted by declaration, without doubles and without what another path covers. */
    private static List<String> normalised(List<String> paths) {
        TreeSet<MaskPath> sorted = new TreeSet<>();
        paths.forEach(path -> sorted.add(MaskPath.of(path)));
        List<MaskPath> kept = new ArrayList<>();
        for (MaskPath path : sorted) {
            // A path sorts right before all that it covers.
            if (kept.isEmpty() || !kept.get(kept.size() - 1).covers(path)) {
                kept.add(path);
            }
        }
        return kept.stream().map(MaskPath::toString).toList();
    }

    /** Whether every field passes. */
    public boolean isAll() {
        return paths.isEmpty();
    }

    /** The paths in the order of declaration, none of which covers another; empty if every field passes. */
    public List<String> paths() {
        return paths;
    }

    /**
     * What is left of a flow under this mask. For hosts that look at single flows and for tests; the exporter itself
     * never builds the masked flow.
     *
     * @param flow a flow, which is not changed
     * @return a flow with the masked fields
     */
    public Flow apply(Flow flow) {
        if (isAll()) {
            return flow;
        }
        Flow.Builder masked = Flow.newBuilder();
        paths.forEach(path -> MaskPath.of(path).copy(flow, masked));
        return masked.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowMask mask && mask.paths.equals(paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }

    /** The canonical form, which {@link #parse} reads back: the paths, separated by commas. */
    @Override
    public String toString() {
        return String.join(",", paths);
    }
}
