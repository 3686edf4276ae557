package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;

/** Where the lines of an entry go. */
@FunctionalInterface
public interface EntrySinks {

    /**
     * Opens the destination of an entry. Called when the entry begins, and again only when what it says of its file has
     * changed; an entry whose filters or mask change goes on with the sink that it has.
     *
     * @param entry what the file says
     * @return the sink, which the exporter of the entry closes
     * @throws ConfigException if what the entry says cannot be done
     * @throws IOException if it cannot be done now
     */
    Sink open(FlowLogConfig entry) throws IOException;
}
