package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScannedEvent;
import org.jspecify.annotations.Nullable;

/** An event in the hands of a hook: parsed only when it is asked for, and only once. For the thread of the hook. */
public final class HookedEvent {

    private final ScannedEvent scanned;
    private @Nullable ExportEvent event;
    private boolean replaced;

    HookedEvent(ScannedEvent scanned) {
        this.scanned = scanned;
    }

    /**
     * The event. A bare flow comes with its own time and node name as those of the event.
     *
     * @throws InvalidProtocolBufferException if the bytes are not those of an event; a hook that lets it through loses
     *     the event, as its bytes do without a hook
     */
    public ExportEvent event() throws InvalidProtocolBufferException {
        if (event == null) {
            event = scanned.event();
        }
        return event;
    }

    /**
     * Puts another event in its place. The filters do not look at it again.
     *
     * @param replacement what is exported instead
     */
    public void replace(ExportEvent replacement) {
        event = requireNonNull(replacement, "replacement");
        replaced = true;
    }

    @Nullable
    ExportEvent replacement() {
        return replaced ? event : null;
    }
}
