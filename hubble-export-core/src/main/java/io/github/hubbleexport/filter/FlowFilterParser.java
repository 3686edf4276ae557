package io.github.hubbleexport.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters from JSON as Go's {@code protojson} does: strict about types, names, duplicates and what follows, and
 * tolerant of {@code null} for a whole field. Finds all problems that do not break the syntax.
 */
final class FlowFilterParser {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser in;
    private final Problems problems;

    private FlowFilterParser(JsonParser in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    /**
     * Reads one array of objects, or any number of objects with white space between them.
     *
     * @param path what the list is called in problems
     * @param filters gets as many as are found, behind those it has; a field with a problem is left out of its filter
     */
    static void parseList(String text, String path, List<FlowFilter> filters, Problems problems) {
        with(text, path, problems, parser -> parser.list(path, filters));
    }

    /** Reads a single object; an empty filter if it cannot be read. */
    static FlowFilter parseOne(String text, String path, Problems problems) {
        List<FlowFilter> filters = new ArrayList<>();
        with(text, path, problems, parser -> parser.single(path, filters));
        return filters.isEmpty() ? FlowFilter.getDefaultInstance() : filters.get(0);
    }

    private interface Reading {
        void run(FlowFilterParser parser) throws IOException;
    }

    private static void with(String text, String path, Problems problems, Reading reading) {
        try (JsonParser in = JSON.createParser(text)) {
            reading.run(new FlowFilterParser(in, problems));
        } catch (JsonProcessingException e) {
            problems.add(path, "", "malformed JSON" + place(e.getLocation()) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
    }

    private void list(String path, List<FlowFilter> filters) throws IOException {
        JsonToken first = in.nextToken();
        if (first != JsonToken.START_ARRAY) {
            for (JsonToken token = first; token != null; token = in.nextToken()) {
                filters.add(filter(path + "[" + filters.size() + "]"));
            }
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            filters.add(filter(path + "[" + filters.size() + "]"));
        }
        expectEnd(path);
    }

    private void single(String path, List<FlowFilter> filters) throws IOException {
        if (in.nextToken() == null) {
            problems.add(path, "", "expected a filter as a JSON object, found nothing");
            return;
        }
        filters.add(filter(path));
        expectEnd(path);
    }

    private void expectEnd(String path) throws IOException {
        if (in.nextToken() != null) {
            JsonLocation place = in.currentTokenLocation();
            problems.add(path, in.getText(), "expected nothing more", place.getLineNr(), place.getColumnNr());
        }
    }

    private FlowFilter filter(String path) throws IOException {
        FlowFilter.Builder filter = FlowFilter.newBuilder();
        new MessageReader(in, problems).read(filter, path, "a filter as a JSON object");
        return filter.build();
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
