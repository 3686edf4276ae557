package io.github.hubbleexport;

import io.github.hubbleexport.wire.ScannedEvent;

/** What one thread needs to take in an event; used again and again. */
abstract class EventScratch {

    final ScannedEvent event;

    EventScratch(ScannedEvent event) {
        this.event = event;
    }
}
