package io.github.hubbleexport.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads want to know that their line is down, and share writes. */
@JCStressTest
@Outcome(
        id = {"ab true", "ba true"},
        expect = ACCEPTABLE,
        desc = "each line once, and down when its thread goes on")
@State
public class StrictHandOver {

    private final Stage.Lines sink = new Stage.Lines();
    private final StrictDelivery delivery = Stage.strict(sink);
    private boolean aIsDown;
    private boolean bIsDown;

    /** For jcstress. */
    public StrictHandOver() {}

    /** Hands over a line. */
    @Actor
    public void first() {
        aIsDown = Stage.deliver(delivery, 'a') == Delivered.WRITTEN;
    }

    /** Hands over another. */
    @Actor
    public void second() {
        bIsDown = Stage.deliver(delivery, 'b') == Delivered.WRITTEN;
    }

    /** Looks at what came of it. */
    @Arbiter
    public void end(L_Result result) {
        result.r1 = sink + " " + (aIsDown && bIsDown);
    }
}
