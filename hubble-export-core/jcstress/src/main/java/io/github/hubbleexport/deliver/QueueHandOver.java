package io.github.hubbleexport.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads put lines into a queue with room for all, and one of them writes. */
@JCStressTest
@Outcome(
        id = {"abc", "acb", "cab"},
        expect = ACCEPTABLE,
        desc = "each line once, in the order of its thread")
@State
public class QueueHandOver {

    private final Stage.Lines sink = new Stage.Lines();
    private final QueuedDelivery delivery = Stage.queue(sink, 6, Overflow.BLOCK, Stage.SHARED);

    /** For jcstress. */
    public QueueHandOver() {}

    /** Hands over two lines. */
    @Actor
    public void first() {
        Stage.deliver(delivery, 'a');
        Stage.deliver(delivery, 'b');
    }

    /** Hands over one, and writes what waits. */
    @Actor
    public void second() {
        Stage.deliver(delivery, 'c');
        Stage.write(delivery);
    }

    /** Looks at what came of it. */
    @Arbiter
    public void end(L_Result result) {
        Stage.drain(delivery);
        result.r1 = sink.toString();
    }
}
