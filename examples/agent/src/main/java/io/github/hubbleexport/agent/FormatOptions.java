package io.github.hubbleexport.agent;

import java.io.InputStream;
import picocli.CommandLine.Option;

/** The format of the input. */
final class FormatOptions {

    @Option(
            names = "--input-format",
            paramLabel = "protobuf|json",
            description =
                    "protobuf (the default): ExportEvents, each after its length as a varint. json: an ExportEvent or"
                            + " a GetFlowsResponse a line.")
    private InputFormat format = InputFormat.PROTOBUF;

    FormatOptions() {}

    InputFormat format() {
        return format;
    }

    EventInput read(InputStream in) {
        return format.read(in);
    }
}
