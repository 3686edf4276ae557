/** Tests of the simulation. */
@NullMarked
package io.github.hubbleexport.agent.simulation;

import org.jspecify.annotations.NullMarked;
