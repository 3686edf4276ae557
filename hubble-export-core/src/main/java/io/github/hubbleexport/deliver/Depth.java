package io.github.hubbleexport.deliver;

/**
 * What waits in a delivery and was not offered to the sink yet.
 *
 * @param events how many events
 * @param bytes how many bytes they are
 */
public record Depth(long events, long bytes) {}
