package io.github.hubbleexport.filter;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.proto.observer.ExportEvent;

/** Events and filters in one line of JSON, for tests that are about values. */
final class Events {

    private Events() {}

    static ExportEvent event(String json) {
        ExportEvent.Builder event = ExportEvent.newBuilder();
        try {
            JsonFormat.parser().merge(json, event);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(json, e);
        }
        return event.build();
    }

    /** An event with a flow of these members. */
    static ExportEvent flow(String members) {
        return event("{\"flow\":{" + members + "}}");
    }

    /** Whether an allow list of one filter passes an event, by the wire door. */
    static boolean pass(String filter, ExportEvent event) {
        return new Scans(FlowFilters.parse(filter, "")).pass(event);
    }

    /** Whether a filter of one field with one text as value passes an event. */
    static boolean pass(String field, String value, ExportEvent event) {
        return pass("{\"" + field + "\":[\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]}", event);
    }
}
