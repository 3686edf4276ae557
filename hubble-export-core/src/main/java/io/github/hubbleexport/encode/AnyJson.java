package io.github.hubbleexport.encode;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.wire.ScannedEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The extensions of a flow, a {@code google.protobuf.Any}. Builds objects: flows with extensions are rare. */
final class AnyJson {

    private AnyJson() {}

    /**
     * The JSON of an {@code Any}.
     *
     * @param typeSlot the slot of its type; that of its value follows
     * @param withType whether the mask lets its type through
     * @param withValue whether the mask lets its value through
     * @return the JSON, or null if there is none for it
     */
    static byte @Nullable [] print(ScannedEvent event, int typeSlot, boolean withType, boolean withValue) {
        Any any = Any.newBuilder()
                .setTypeUrlBytes(withType ? bytes(event, typeSlot) : ByteString.EMPTY)
                .setValue(withValue ? bytes(event, typeSlot + 1) : ByteString.EMPTY)
                .build();
        try {
            return MessageJson.print(any).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException unprintable) {
            return null;
        }
    }

    private static ByteString bytes(ScannedEvent event, int slot) {
        return ByteString.copyFrom(event.bytes(), event.offset(slot), event.length(slot));
    }
}
