package io.github.hubbleexport.filter;

import com.fasterxml.jackson.core.JsonParser;
import io.github.hubbleexport.document.Node;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Filters that stand in a larger configuration document. For the reader of such documents. */
public final class FilterNodes {

    private FilterNodes() {}

    /**
     * Reads one filter by the rules of {@link FlowFilters#parse}.
     *
     * @param node what stands there
     * @param path what it is called in problems
     * @param problems takes what is wrong, with its place; a field with a problem is left out
     * @return the filter
     */
    public static FlowFilter read(Node node, String path, Problems problems) {
        FlowFilter.Builder filter = FlowFilter.newBuilder();
        try (JsonParser in = node.parser()) {
            in.nextToken();
            new MessageReader(in, problems).read(filter, path, "a filter");
        } catch (IOException e) {
            throw new UncheckedIOException("reading a document in memory", e);
        }
        return filter.build();
    }
}
