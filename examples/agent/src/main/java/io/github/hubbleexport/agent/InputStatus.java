package io.github.hubbleexport.agent;

/**
 * How far an agent is with its input. Immutable.
 *
 * @param name where it comes from
 * @param events events that were read
 * @param unreadable events that could not be read
 * @param lastError what the last of these was about; empty: there was none
 */
record InputStatus(String name, long events, long unreadable, String lastError) {}
