package io.github.hubbleexport.encode;

import io.github.hubbleexport.mask.FlowMask;
import org.jspecify.annotations.Nullable;

/**
 * A format in which events leave. Immutable; shared by exporters. Choose one by a factory method: the engine compiles
 * it together with the mask.
 */
public abstract class EventEncoder {

    EventEncoder() {}

    /**
     * JSON lines, byte for byte those of Hubble's own exporter (upstream: {@code pkg/hubble/exporter/encoder.go}).
     *
     * @return the encoder
     */
    public static EventEncoder jsonLines() {
        return JsonLines.INSTANCE;
    }

    /**
     * Compiles the format for one configuration. For the engine.
     *
     * @param mask which fields of a flow are written
     * @param nodeName what events without a node name are said to come from; null: nothing
     * @return the plan
     */
    public abstract EncodePlan compile(FlowMask mask, @Nullable String nodeName);
}
