package io.github.hubbleexport.filter;

/**
 * What all filters on HTTP have in common: beside a filter on event types they make sense only if it lets the events of
 * the L7 proxy through. Mirrors {@code pkg/hubble/filters/http.go}, together with the {@code Http…} clauses.
 */
final class Http {

    static final int MESSAGE = Slots.of("flow.l7.http");
    static final int CODE = Slots.of("flow.l7.http.code");
    static final int METHOD = Slots.of("flow.l7.http.method");
    static final int URL = Slots.of("flow.l7.http.url");

    private Http() {}

    /** Refuses the field if no event with HTTP in it can pass the filter. */
    static void checkEventTypes(FieldScope scope) {
        var types = scope.filter().getEventTypeList();
        if (!types.isEmpty() && types.stream().noneMatch(type -> type.getType() == EventTypes.ACCESS_LOG)) {
            scope.refuse("needs L7 events: add {\"type\":" + EventTypes.ACCESS_LOG
                    + "} to event_type, or leave event_type out");
        }
    }
}
