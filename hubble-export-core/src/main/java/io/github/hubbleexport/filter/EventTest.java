package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;

/** Something that an event passes or does not. Immutable, and allocates nothing. */
interface EventTest {

    boolean test(ScannedEvent event);
}
