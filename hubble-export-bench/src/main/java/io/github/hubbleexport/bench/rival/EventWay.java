package io.github.hubbleexport.bench.rival;

/** One way to turn events into lines, opened for a list of events. For one thread. */
public interface EventWay extends AutoCloseable {

    /**
     * Makes the line of an event and hands it on, unless the event is filtered.
     *
     * @param event its place in the list
     * @return something that depends on the work done
     */
    int export(int event);

    /** The line of an event with its end, or an empty text when it is filtered. */
    String line(int event);

    /** Does with an event what has just been done to it where a host hands it over: brings it into the caches. */
    default void recall(int event) {}

    @Override
    default void close() {}
}
