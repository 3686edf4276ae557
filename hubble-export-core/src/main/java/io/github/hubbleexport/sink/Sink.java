package io.github.hubbleexport.sink;

import java.io.IOException;
import java.util.Map;

/**
 * A destination of whole lines; extend it to send them anywhere.
 *
 * <p>Threads: never called by two threads at once, though not always by the same one, so a custom sink needs no locks.
 *
 * <p>Failure: a sink takes all lines of a batch or throws. What it throws counts against this sink alone and never
 * reaches the host; the next batch is offered as if nothing had happened, so a sink that broke should try to mend itself
 * in the next {@link #write}.
 *
 * <p>{@code SinkContractTest} in the tests jar of this module checks that a sink keeps all this.
 */
public abstract class Sink implements AutoCloseable {

    /** For subclasses. */
    protected Sink() {}

    /**
     * Takes all lines of a batch. The batch belongs to the caller and is valid only until this method returns.
     *
     * @throws PartialWriteException if some lines were taken and others were not
     * @throws IOException if no line is known to have been taken, as after {@link #close}
     */
    public abstract void write(LineBatch batch) throws IOException;

    /**
     * Sends on what {@link #write} took and the sink still holds. Does nothing unless overridden.
     *
     * @throws IOException if lines that were taken could not be sent on
     */
    public void flush() throws IOException {}

    /**
     * What this sink counts besides lines, by name, for the status of its exporter. Called from any thread at any time. Empty
     * unless overridden.
     */
    public Map<String, Long> figures() {
        return Map.of();
    }

    /**
     * What this sink was told, by name and for people, for the configuration that its exporter shows. Called once, when the
     * exporter is built. Empty unless overridden.
     */
    public Map<String, String> settings() {
        return Map.of();
    }

    /** Where it leads, for people: its class unless overridden. */
    @Override
    public String toString() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? getClass().getName() : name;
    }

    /**
     * Ends this sink and frees what it holds; calling it again does nothing. Does nothing unless overridden.
     *
     * @throws IOException if lines that were taken could not be sent on
     */
    @Override
    public void close() throws IOException {}
}
