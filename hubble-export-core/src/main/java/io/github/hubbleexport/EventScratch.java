package io.github.hubbleexport;

import io.github.hubbleexport.wire.ScannedEvent;

/** What one thread needs to take in an event; used again and again. */
abstract class EventScratch {

    final ScannedEvent event;

    /** Whether the event at hand is scanned once, which pays where most events pass the filters of somebody. */
    final ScanChoice choice = new ScanChoice();

    /** Where it belongs in its {@link ScratchPool}, which alone uses it. */
    int place;

    EventScratch(ScannedEvent event) {
        this.event = event;
    }

    /** Takes in wire bytes. What is scanned once is read where it lies; for two scans a copy is the faster way. */
    final void load(byte[] bytes, int offset, int length, boolean bareFlow) {
        if (choice.once()) {
            event.borrow(bytes, offset, length, bareFlow);
        } else {
            event.load(bytes, offset, length, bareFlow);
        }
    }

    /** Lets go of what belongs to the host. */
    void release() {
        event.release();
    }
}
