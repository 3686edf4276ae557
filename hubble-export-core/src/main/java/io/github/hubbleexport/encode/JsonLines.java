package io.github.hubbleexport.encode;

import io.github.hubbleexport.mask.FlowMask;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonLines extends EventEncoder {

    static final JsonLines INSTANCE = new JsonLines();

    @Override
    public EncodePlan compile(FlowMask mask, @Nullable String nodeName) {
        return new JsonPlan(mask, nodeName);
    }

    @Override
    public String toString() {
        return "JSON lines";
    }
}
