package io.github.hubbleexport.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads put three lines into a queue with room for one, and one of them writes one. Digits are gaps. */
@JCStressTest
@Outcome(
        id = {"a2", "c2", "a1b", "a1c", "ab1", "ac1", "c1b", "ca1"},
        expect = ACCEPTABLE,
        desc = "what is missing stands where it is missing")
@State
public class QueueDropsNewest {

    private final Stage.Lines sink = new Stage.Lines();
    private final QueuedDelivery delivery = Stage.queue(sink, 1, Overflow.DROP_NEWEST, Stage.SHARED);

    /** For jcstress. */
    public QueueDropsNewest() {}

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
