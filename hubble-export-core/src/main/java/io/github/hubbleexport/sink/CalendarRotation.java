package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A file a day, or an hour. Where an hour comes twice in autumn it has two files. A clock that steps back over a boundary
 * puts the file away too: waiting for the boundary to come again might take years after a jump.
 */
final class CalendarRotation implements RotationPolicy {

    private final ChronoUnit unit;
    private final ZoneId zone;

    CalendarRotation(ChronoUnit unit, ZoneId zone) {
        this.unit = unit;
        this.zone = requireNonNull(zone, "zone");
    }

    @Override
    public long room(LiveFile file) {
        return file.size() == 0 || begin(file.now()).isEqual(begin(file.since())) ? Long.MAX_VALUE : 0;
    }

    /** With its offset, so that the two hours of autumn differ. */
    private ZonedDateTime begin(Instant moment) {
        return moment.atZone(zone).truncatedTo(unit);
    }
}
