package io.github.hubbleexport.bench;

/** One way to turn an event's wire bytes into a line. */
interface EventWay extends AutoCloseable {

    /** The line's length in bytes, or 0 when the event is filtered. */
    int export(byte[] wire);

    /** The line of an event, or an empty text when it is filtered. */
    String line(byte[] wire);

    @Override
    void close();
}
