package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives every batch to several sinks, in the order they were named. A sink that throws, whatever it throws, does not keep
 * the others from their lines; the failures come together at the end, suppressed in one exception.
 *
 * <p>A line counts as written when every branch has it: {@link #write} tells of the others, which must not be offered again
 * once one branch has them, since it would write them twice. Where a branch throws {@link PartialWriteException}, the tee itself
 * offers that branch the rest once more. {@link #stats} tells what became of the lines branch by branch.
 *
 * <p>A branch that blocks does hold up the others. Where one may, or where its losses are not to count as losses of all,
 * wrap it in an {@link IsolatedSink}, which has a queue and a thread of its own. Otherwise lines that tell of lost events are
 * for all branches: a healthy one is told of what another has not, and again with each batch until both have the line.
 *
 * <p>It owns its branches and closes them.
 */
public final class TeeSink extends Sink {

    private final List<Branch> branches;
    private boolean closed;

    /**
     * @param branches the sinks to write to, at least one, none of them twice
     * @throws IllegalArgumentException if there is no branch, or one is named twice
     */
    public TeeSink(Sink... branches) {
        List<Sink> sinks = List.of(branches);
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("a tee needs at least one branch");
        }
        if (sinks.stream().distinct().count() < sinks.size()) {
            throw new IllegalArgumentException("a branch is named twice");
        }
        this.branches = sinks.stream().map(Branch::new).toList();
    }

    /** What became of the lines, by branch, in the order in which they were named. May be called by any thread. */
    public List<BranchStats> stats() {
        return branches.stream().map(Branch::stats).toList();
    }

    /**
     * What each branch counts: the numbers of {@link #stats} and those of the branch itself, as {@code branch.0.lost} and so
     * on, in the order in which the branches were named.
     */
    @Override
    public Map<String, Long> figures() {
        Told<Long> figures = new Told<>();
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            String name = "branch." + i;
            figures.under(name, branch.sink.figures())
                    .under(name, branch.stats().figures());
        }
        return figures.asMap();
    }

    /** What each branch was told, as {@code branch.0.fsync}, and where it leads, as {@code branch.0.destination}. */
    @Override
    public Map<String, String> settings() {
        Told<String> settings = new Told<>();
        for (int i = 0; i < branches.size(); i++) {
            settings.under("branch." + i, Told.settingsOf(branches.get(i).sink));
        }
        return settings.asMap();
    }

    /** The branches in their own words. */
    @Override
    public String toString() {
        return branches.stream().map(branch -> branch.sink.toString()).collect(Collectors.joining(", and "));
    }

    /**
     * Gives the batch to every branch.
     *
     * @throws PartialWriteException if some lines are not at every branch, but a branch has one; none may be offered again,
     *     and those that are not at every branch are told as refused
     * @throws IOException if no branch has any line, or this sink is closed
     */
    @Override
    public void write(LineBatch batch) throws IOException {
        requireNonNull(batch, "batch");
        if (closed) {
            throw new IOException("the sink is closed");
        }
        List<Offer> offers = new ArrayList<>(0);
        for (Branch branch : branches) {
            Offer offer = branch.write(batch.from(0));
            if (offer != null) {
                offers.add(offer);
            }
        }
        if (!offers.isEmpty()) {
            throw failure(batch.lines(), offers);
        }
    }

    private IOException failure(int lines, List<Offer> offers) {
        BitSet missing = new BitSet();
        offers.forEach(offer -> missing.or(offer.missing()));
        IOException all = failure("write", offers.stream().map(Offer::failure).toList());
        boolean nobodyHasAny = offers.size() == branches.size()
                && offers.stream().allMatch(offer -> offer.missing().cardinality() == lines);
        return nobodyHasAny
                ? all
                : new PartialWriteException(lines, missing.stream().toArray(), all);
    }

    @Override
    public void flush() throws IOException {
        if (!closed) {
            each("flush", Sink::flush);
        }
    }

    /** Closes every branch, also when one of them fails. Calling it again does nothing. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            each("close", Sink::close);
        }
    }

    private void each(String verb, Step step) throws IOException {
        List<Throwable> failures = new ArrayList<>(0);
        for (Branch branch : branches) {
            attempt(step, branch, failures);
        }
        if (!failures.isEmpty()) {
            throw failure(verb, failures);
        }
    }

    /** An Error of one branch is no reason to starve the others either, so everything is caught here. */
    private static void attempt(Step step, Branch branch, List<Throwable> failures) {
        try {
            step.on(branch.sink);
        } catch (IOException | RuntimeException | Error e) {
            branch.counters.failed(e);
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

    /** One of the sinks, and its account. */
    private static final class Branch {

        private final Sink sink;
        private final BranchCounters counters = new BranchCounters();

        Branch(Sink sink) {
            this.sink = sink;
        }

        @Nullable
        Offer write(LineBatch batch) {
            counters.offered(batch.lines());
            Offer offer = Offer.to(sink, batch);
            int unused = counters.settled(batch.lines(), offer);
            return offer;
        }

        /** An isolated one knows better what became of its lines. */
        BranchStats stats() {
            return sink instanceof IsolatedSink isolated ? isolated.stats() : counters.snapshot();
        }
    }
}
