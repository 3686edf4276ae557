package io.github.hubbleexport.sink;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** Makes file operations of a sink fail at random, for tests in other packages. */
public final class SickFiles {

    /**
     * What fails: everything but the looking at a file and its truncation, without which nobody could say how many lines
     * of a failed write are in it.
     */
    private static final Set<Call> FAILING =
            EnumSet.complementOf(EnumSet.of(Call.INSPECT, Call.TRUNCATE, Call.LAST_BYTE, Call.LOCK_IN_PLACE));

    private static final int SLOW_TURNS = 10_000;

    private final Random random;
    private final FaultyFileOps ops = new FaultyFileOps();
    private final int oneIn;

    /**
     * Faults by a seed.
     *
     * @param oneIn about one of so many calls fails, and another is slow
     */
    public SickFiles(long seed, int oneIn) {
        random = new Random(seed);
        this.oneIn = oneIn;
        ops.plan((call, number) -> falls() && FAILING.contains(call)).hold(call -> beSlow());
    }

    /** Lets a sink that is built after this suffer. */
    public RotatingSink.Builder infect(RotatingSink.Builder sink) {
        synchronized (random) {
            ops.bytesBeforeFailure(random.nextInt(20_000));
        }
        return sink.fileOps(ops);
    }

    /** Nothing fails from now on. */
    public void heal() {
        ops.plan((call, number) -> false).hold(call -> {});
    }

    /** How many calls have failed. */
    public int fired() {
        return ops.fired();
    }

    private boolean falls() {
        synchronized (random) {
            return random.nextInt(oneIn) == 0;
        }
    }

    private void beSlow() {
        for (int turn = falls() ? SLOW_TURNS : 0; turn > 0; turn--) {
            Thread.onSpinWait();
        }
    }
}
