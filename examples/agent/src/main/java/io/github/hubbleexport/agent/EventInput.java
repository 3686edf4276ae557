package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;

/** Events from a stream, one after the other, each as soon as all of it has come. For one thread. */
interface EventInput {

    /**
     * Waits for the next event.
     *
     * @return false at the end
     * @throws UnreadableEventException if there was one that cannot be read; the one behind it can be asked for
     * @throws IOException if there is no going on
     */
    boolean next() throws IOException, UnreadableEventException;

    /** Gives the event that {@link #next} found to an exporter. */
    ExportOutcome offerTo(EventTarget target);

    /**
     * The event that {@link #next} found, as a message.
     *
     * @throws UnreadableEventException if it is none; the one behind it can be asked for
     */
    ExportEvent event() throws UnreadableEventException;
}
