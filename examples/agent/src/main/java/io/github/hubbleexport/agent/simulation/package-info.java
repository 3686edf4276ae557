/**
 * Events of a small cluster that does not exist, for demonstrations and tests: pods on a few nodes that look names up,
 * open connections, ask each other over HTTP and are sometimes not allowed to. One seed gives one sequence of events,
 * times included, on every machine.
 */
@NullMarked
package io.github.hubbleexport.agent.simulation;

import org.jspecify.annotations.NullMarked;
