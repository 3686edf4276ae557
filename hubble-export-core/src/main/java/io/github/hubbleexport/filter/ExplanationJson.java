package io.github.hubbleexport.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hubbleexport.filter.Explanation.FilterResult;
import io.github.hubbleexport.filter.Explanation.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Explanations for programs. For one thread. */
final class ExplanationJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    private ExplanationJson(JsonGenerator out) {
        this.out = out;
    }

    static String of(Explanation explanation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            new ExplanationJson(out).write(explanation);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private void write(Explanation explanation) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("passes", explanation.passes());
        out.writeStringField("summary", explanation.summary());
        out.writeStringField("event_kind", explanation.eventKind());
        list(FilterList.ALLOW, explanation.allowlist());
        list(FilterList.DENY, explanation.denylist());
        out.writeEndObject();
    }

    private void list(String name, List<FilterResult> results) throws IOException {
        out.writeArrayFieldStart(name);
        for (FilterResult result : results) {
            out.writeStartObject();
            write(result);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void write(FilterResult result) throws IOException {
        out.writeStringField("path", result.path());
        if (result.isPredicate()) {
            out.writeStringField("predicate", result.filter());
        } else {
            out.writeFieldName("filter");
            out.writeRawValue(result.filter());
        }
        out.writeBooleanField("matched", result.matched());
        Refusal refusal = result.refusedBy();
        if (refusal != null) {
            write(refusal);
        }
    }

    private void write(Refusal refusal) throws IOException {
        out.writeObjectFieldStart("refused_by");
        out.writeStringField("field", refusal.field());
        out.writeArrayFieldStart("wanted");
        for (String value : refusal.wanted()) {
            out.writeString(value);
        }
        out.writeEndArray();
        out.writeStringField("found", refusal.found());
        out.writeEndObject();
    }
}
