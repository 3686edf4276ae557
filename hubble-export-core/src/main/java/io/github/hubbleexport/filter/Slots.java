package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.EventSchema;

/** The slots of the fields that filters read. */
final class Slots {

    static final int FLOW = of("flow");
    static final int VERDICT = of("flow.verdict");
    static final int DROP_REASON = of("flow.drop_reason_desc");
    static final int TRAFFIC_DIRECTION = of("flow.traffic_direction");
    static final int IS_REPLY = of("flow.is_reply");
    static final int IS_REPLY_VALUE = of("flow.is_reply.value");
    static final int IP_VERSION = of("flow.IP.ipVersion");
    static final int ENCRYPTED = of("flow.IP.encrypted");
    static final int UUID = of("flow.uuid");
    static final int NODE_NAME = of("flow.node_name");
    static final int NODE_LABELS = of("flow.node_labels");
    static final int TRACE_ID = of("flow.trace_context.parent.trace_id");
    static final int IP_TRACE_ID = of("flow.ip_trace_id.trace_id");

    private Slots() {}

    /** The slot at a path of field names from the event. */
    static int of(String path) {
        return EventSchema.get().field(path).slot();
    }

    /** The name of a slot, for people: its path without the leading {@code flow.}. */
    static String name(int slot) {
        String path = EventSchema.get().field(slot).path();
        return path.startsWith("flow.") ? path.substring("flow.".length()) : path;
    }
}
