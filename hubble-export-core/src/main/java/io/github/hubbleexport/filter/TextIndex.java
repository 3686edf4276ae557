package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.List;
import java.util.Map;

/** Tests by the whole text of a slot, which is empty when it is absent. */
final class TextIndex implements EventTest {

    private final int slot;
    private final Postings postings;

    TextIndex(int slot, Map<String, List<EventTest>> tests) {
        this.slot = slot;
        this.postings = Postings.of(tests);
    }

    @Override
    public boolean test(ScannedEvent event) {
        return postings.passExact(event, event.offset(slot), event.length(slot));
    }
}
