package io.github.hubbleexport.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.github.hubbleexport.stats.Health;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A failure and a success, told by whoever comes first. */
@JCStressTest
@Outcome(
        id = {"D", "DH"},
        expect = ACCEPTABLE,
        desc = "changes are told in their order, each once")
@State
public class HealthChanges {

    private final StringBuilder told = new StringBuilder();
    private final Health health =
            Stage.account(change -> told.append(change.to().name().charAt(0))).health();

    /** For jcstress. */
    public HealthChanges() {}

    /** Degrades. */
    @Actor
    public void failure() {
        health.failed(null, "sick", null);
        health.tell();
    }

    /** Heals. */
    @Actor
    public void success() {
        health.succeeded(true);
        health.tell();
    }

    /** Looks at what came of it. */
    @Arbiter
    public void end(L_Result result) {
        health.tell();
        result.r1 = told.toString();
    }
}
