package io.github.hubbleexport.bench.rival;

import com.google.protobuf.CodedOutputStream;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Events as messages that were parsed before. For one thread. */
final class ReadyMessages {

    private final ExportEvent[] messages;
    private final byte[] written;

    ReadyMessages(WireEvents events) {
        messages = new ExportEvent[events.count()];
        int longest = 0;
        for (int i = 0; i < messages.length; i++) {
            messages[i] = PlainJava.parse(events, i);
            longest = Math.max(longest, messages[i].getSerializedSize());
        }
        written = new byte[longest];
    }

    ExportEvent get(int event) {
        return messages[event];
    }

    /** Reads all of a message, so that the caches hold it as they do when it was parsed just now. */
    void recall(int event) {
        try {
            messages[event].writeTo(CodedOutputStream.newInstance(written));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to an array of the right size", e);
        }
    }
}
