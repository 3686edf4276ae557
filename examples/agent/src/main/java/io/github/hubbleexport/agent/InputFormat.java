package io.github.hubbleexport.agent;

import java.io.InputStream;

/** How events come in. */
enum InputFormat {
    /** {@code ExportEvent} messages, each after its length as a varint. */
    PROTOBUF,
    /** A JSON object a line, as Hubble exports them and as {@code hubble observe -o jsonpb} prints them. */
    JSON;

    /** Reads events from a stream, which stays the caller's. */
    EventInput read(InputStream in) {
        return this == PROTOBUF ? new DelimitedInput(in) : new JsonInput(in);
    }
}
