package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives every batch to several sinks, in the order they were named. A sink that throws, whatever it throws, does not keep
 * the others from their lines; the failures come together at the end, suppressed in one exception.
 *
 * <p>That exception is never a {@link PartialWriteException}, since the rest of a batch offered again would be written
 * twice by the healthy sinks. Where a branch throws one, the tee itself offers that branch the rest once more. A branch
 * that blocks does hold up the others: give such a sink an exporter of its own.
 *
 * <p>It owns its branches and closes them.
 */
public final class TeeSink extends Sink {

    private final List<Sink> branches;

    /**
     * @param branches the sinks to write to, at least one, none of them twice
     * @throws IllegalArgumentException if there is no branch, or one is named twice
     */
    public TeeSink(Sink... branches) {
        this.branches = List.of(branches);
        if (this.branches.isEmpty()) {
            throw new IllegalArgumentException("a tee needs at least one branch");
        }
        if (this.branches.stream().distinct().count() < this.branches.size()) {
            throw new IllegalArgumentException("a branch is named twice");
        }
    }

    @Override
    public void write(LineBatch batch) throws IOException {
        requireNonNull(batch, "batch");
        each("write", branch -> offer(branch, batch.from(0)));
    }

    @Override
    public void flush() throws IOException {
        each("flush", Sink::flush);
    }

    /** Closes every branch, also when one of them fails. */
    @Override
    public void close() throws IOException {
        each("close", Sink::close);
    }

    private static void offer(Sink branch, LineBatch batch) throws IOException {
        try {
            branch.write(batch);
        } catch (PartialWriteException e) {
            branch.write(batch.from(e.linesWritten()));
        }
    }

    private void each(String verb, Step step) throws IOException {
        List<Throwable> failures = new ArrayList<>(0);
        for (Sink branch : branches) {
            attempt(step, branch, failures);
        }
        if (!failures.isEmpty()) {
            throw failure(verb, failures);
        }
    }

    /** An Error of one branch is no reason to starve the others either, so everything is caught here. */
    private static void attempt(Step step, Sink branch, List<Throwable> failures) {
        try {
            step.on(branch);
        } catch (IOException | RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private IOException failure(String verb, List<Throwable> failures) {
        IOException all = new IOException(
                verb + " failed in " + failures.size() + " of " + branches.size() + " sinks: " + failures.get(0));
        failures.forEach(all::addSuppressed);
        return all;
    }

    @FunctionalInterface
    private interface Step {
        void on(Sink branch) throws IOException;
    }
}
