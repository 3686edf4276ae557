package io.github.hubbleexport;

import io.github.hubbleexport.wire.ScannedEvent;

/** What one thread needs to take in an event; used again and again. */
abstract class EventScratch {

    final ScannedEvent event;

    /** Where it belongs in its {@link ScratchPool}, which alone uses it. */
    int place;

    EventScratch(ScannedEvent event) {
        this.event = event;
    }
}
