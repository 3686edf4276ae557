package io.github.hubbleexport.filter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.UndecodableEventException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A predicate of the host among the filters of a list. Equal to another with this name and this very predicate. */
record NamedPredicate(String name, EventPredicate predicate) {

    /** Whether one of them matches; parses the event only if there is one. */
    static boolean anyPasses(List<NamedPredicate> predicates, ScannedEvent scanned) {
        if (predicates.isEmpty()) {
            return false;
        }
        ExportEvent event = parsed(scanned);
        for (int i = 0; i < predicates.size(); i++) {
            if (predicates.get(i).predicate.test(event)) {
                return true;
            }
        }
        return false;
    }

    private static ExportEvent parsed(ScannedEvent scanned) {
        try {
            return scanned.event();
        } catch (InvalidProtocolBufferException e) {
            throw new UndecodableEventException(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedPredicate that && predicate == that.predicate && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(predicate) + name.hashCode();
    }
}
