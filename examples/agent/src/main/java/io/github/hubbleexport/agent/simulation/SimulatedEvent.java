package io.github.hubbleexport.agent.simulation;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.proto.observer.ExportEvent;

/**
 * An event that never happened. Immutable.
 *
 * @param kind what it is about
 * @param event as an exporter takes it
 */
public record SimulatedEvent(EventKind kind, ExportEvent event) {

    /** Checks that nothing is missing. */
    public SimulatedEvent {
        requireNonNull(kind, "kind");
        requireNonNull(event, "event");
    }
}
