package io.github.hubbleexport.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread waits for room, which a second one makes. */
@JCStressTest
@Outcome(
        id = {"ab"},
        expect = ACCEPTABLE,
        desc = "nobody waits for ever, nothing is lost")
@State
public class QueueBlocks {

    private final Stage.Lines sink = new Stage.Lines();
    private final QueuedDelivery delivery = Stage.queue(sink, 1, Overflow.BLOCK, Stage.SHARED);

    /** For jcstress. */
    public QueueBlocks() {}

    /** Hands over two lines, and has to wait in between. */
    @Actor
    public void first() {
        Stage.deliver(delivery, 'a');
        Stage.deliver(delivery, 'b');
    }

    /** Writes two lines. */
    @Actor
    public void writer() {
        int written = 0;
        while (written < 2) {
            if (Stage.write(delivery)) {
                written++;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Looks at what came of it. */
    @Arbiter
    public void end(L_Result result) {
        result.r1 = sink.toString();
    }
}
