package io.github.hubbleexport.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import io.github.hubbleexport.stats.ExporterAccount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A queue is closed without patience while a line goes in and is written. */
@JCStressTest
@Outcome(
        id = {"REFUSED 0 0", "BUFFERED 1 0", "BUFFERED 0 1"},
        expect = ACCEPTABLE,
        desc = "the line has one end, and only if it was let in")
@State
public class QueueCloses {

    private final Stage.Lines sink = new Stage.Lines();
    private final ExporterAccount account = Stage.account(null);
    private final QueuedDelivery delivery = Stage.queue(sink, 1, Overflow.BLOCK, account);
    private Delivered outcome = Delivered.REFUSED;

    /** For jcstress. */
    public QueueCloses() {}

    /** Hands over a line, and writes what waits. */
    @Actor
    public void first() {
        outcome = Stage.deliver(delivery, 'a');
        Stage.write(delivery);
    }

    /** Closes without patience. */
    @Actor
    public void closer() {
        delivery.close(0);
    }

    /** Looks at what came of it. */
    @Arbiter
    public void end(L_Result result) {
        result.r1 = outcome + " " + Stage.counted(account);
    }
}
