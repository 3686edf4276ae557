package io.github.hubbleexport.sink;

import java.io.IOException;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a sink did not take of a batch, after the rest was offered once more. */
final class Offer {

    private final BitSet missing = new BitSet();
    private @Nullable Throwable failure;

    private Offer() {}

    /** Offers a batch; null if the sink took all of it. */
    static @Nullable Offer to(Sink sink, LineBatch batch) {
        Offer offer = new Offer();
        int next = offer.take(sink, batch, 0);
        if (offer.failure instanceof PartialWriteException && next < batch.lines()) {
            next = offer.take(sink, batch, next);
        }
        offer.missing.set(next, batch.lines());
        return offer.missing.isEmpty() && offer.failure == null ? null : offer;
    }

    /** Lines of the batch that are not at the destination; none if they are, but the sink was not content. */
    BitSet missing() {
        return missing;
    }

    /** What the sink threw last. */
    Throwable failure() {
        return Objects.requireNonNull(failure, "nothing is missing without a failure");
    }

    /** The first line that was not settled. What went well after all is no failure. */
    private int take(Sink sink, LineBatch batch, int from) {
        try {
            sink.write(batch.from(from));
            failure = missing.isEmpty() ? null : failure;
            return batch.lines();
        } catch (PartialWriteException e) {
            failure = e;
            for (int line : e.refused()) {
                missing.set(from + line);
            }
            return from + e.next();
        } catch (IOException | RuntimeException | Error e) {
            failure = e; // an Error of one sink is no reason to starve others
            return from;
        }
    }
}
