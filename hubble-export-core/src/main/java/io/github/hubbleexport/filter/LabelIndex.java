package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.List;
import java.util.Map;

/** Tests by a label without its source, {@code app=web}, or by the key of a label, {@code app}. */
final class LabelIndex implements EventTest {

    private final int slot;
    private final Postings postings;

    LabelIndex(int slot, Map<String, List<EventTest>> tests) {
        this.slot = slot;
        this.postings = Postings.of(tests);
    }

    @Override
    public boolean test(ScannedEvent event) {
        for (long label = event.firstElement(slot); label != WireFields.NONE; label = event.nextElement(slot, label)) {
            if (passes(event, WireFields.offset(label), WireFields.end(label))) {
                return true;
            }
        }
        return false;
    }

    private boolean passes(ScannedEvent event, int offset, int end) {
        int start = LabelKey.keyStart(event.bytes(), offset, end);
        int keyEnd = LabelKey.keyEnd(event.bytes(), start, end);
        return postings.passExact(event, start, keyEnd - start)
                || (keyEnd < end && postings.passExact(event, start, end - start));
    }
}
