package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.EventTypeFilter;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/**
 * Types and subtypes of events. Type 0 stands for all types; the subtype counts only where the filter says so. An agent
 * event has the type {@value #AGENT}, a debug event {@value #DEBUG}, and their own type as subtype; lost events always
 * pass, flows without an event type and all other events never do. Mirrors {@code pkg/hubble/filters/event_type.go}.
 */
final class EventTypes extends Clause {

    /** The type of what an L7 proxy reports, {@code MessageTypeAccessLog}. */
    static final int ACCESS_LOG = 129;

    static final int DEBUG = 2;
    static final int AGENT = 130;

    private static final int EVENT_TYPE = Slots.of("flow.event_type");
    private static final int TYPE = Slots.of("flow.event_type.type");
    private static final int SUB_TYPE = Slots.of("flow.event_type.sub_type");
    private static final int LOST_EVENT = Slots.of("lost_events");
    private static final int AGENT_EVENT = Slots.of("agent_event");
    private static final int AGENT_EVENT_TYPE = Slots.of("agent_event.type");
    private static final int DEBUG_EVENT = Slots.of("debug_event");
    private static final int DEBUG_EVENT_TYPE = Slots.of("debug_event.type");

    private final List<EventTypeFilter> wanted;

    EventTypes(FieldScope scope) {
        wanted = List.copyOf(scope.filter().getEventTypeList());
    }

    @Override
    boolean test(ScannedEvent event) {
        if (event.has(Slots.FLOW)) {
            return event.has(EVENT_TYPE) && isWanted(event.number(TYPE), event.number(SUB_TYPE));
        }
        if (event.has(AGENT_EVENT)) {
            return isWanted(AGENT, event.number(AGENT_EVENT_TYPE));
        }
        if (event.has(DEBUG_EVENT)) {
            return isWanted(DEBUG, event.number(DEBUG_EVENT_TYPE));
        }
        return event.has(LOST_EVENT);
    }

    private boolean isWanted(long type, long subType) {
        for (int i = 0; i < wanted.size(); i++) {
            EventTypeFilter filter = wanted.get(i);
            if ((filter.getType() == 0 || filter.getType() == type)
                    && (!filter.getMatchSubType() || filter.getSubType() == subType)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Slots.FLOW);
        slots.set(TYPE);
        slots.set(SUB_TYPE);
        slots.set(LOST_EVENT);
        slots.set(AGENT_EVENT_TYPE);
        slots.set(DEBUG_EVENT_TYPE);
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return "event_type like "
                + wanted.stream()
                        .map(one -> one.getType() + (one.getMatchSubType() ? "/" + one.getSubType() : ""))
                        .toList();
    }
}
