package io.github.hubbleexport;

import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to export one event to several exporters; used again and again. Follows the group: when the
 * exporters change, those that stay keep their part of it, and what it has learned.
 */
final class GroupScratch extends EventScratch {

    private static final ScanPlan NOTHING = ScanPlan.of(new BitSet());
    private static final Scratch[] NO_MEMBERS = {};

    /** By member of the group. */
    Scratch[] members = NO_MEMBERS;

    /** By member of the group: whether the event at hand goes on after the filters. */
    boolean[] passed = {};

    /** What strict delivery of a member has thrown for the event at hand. */
    @Nullable
    StrictDeliveryException strictFailure;

    private @Nullable GroupScan scan;

    /** Whether a member takes a copy of events, which is then to be let go as well. */
    private boolean hasCopies;

    GroupScratch() {
        super(new ScannedEvent(NOTHING));
    }

    void follow(GroupScan current) {
        if (scan != current) {
            adapt(current);
        }
    }

    private void adapt(GroupScan current) {
        Scratch[] kept = new Scratch[current.size()];
        for (int i = 0; i < kept.length; i++) {
            Pipeline pipeline = current.pipeline(i);
            int before = scan == null ? -1 : scan.indexOf(pipeline);
            kept[i] = before < 0 ? newMember(pipeline) : members[before];
        }
        members = kept;
        hasCopies = Arrays.stream(kept).anyMatch(member -> member.event != event);
        passed = new boolean[kept.length];
        scan = current;
    }

    /** Hooks may put another event in place of theirs, so they get a copy. */
    private Scratch newMember(Pipeline pipeline) {
        return pipeline.hasHooks() ? pipeline.newScratch() : pipeline.newScratch(event);
    }

    ExportOutcome failed(StrictDeliveryException e) {
        strictFailure = strictFailure == null ? e : strictFailure;
        return ExportOutcome.LOST;
    }

    /** The event at hand, for a member that has its own copy of it. */
    Scratch loaded(int member) {
        Scratch scratch = members[member];
        if (scratch.event != event) {
            scratch.event.load(event);
        }
        return scratch;
    }

    @Override
    void release() {
        super.release();
        if (hasCopies) {
            for (Scratch member : members) {
                member.release();
            }
        }
    }
}
