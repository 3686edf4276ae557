package io.github.hubbleexport.bench.rival;

/** One way to get ready lines into files that rotate. For one thread. */
public interface SinkWay extends AutoCloseable {

    /** Hands over a line. */
    void write(int line);

    /** Returns when every line is in a file. */
    @Override
    void close();
}
