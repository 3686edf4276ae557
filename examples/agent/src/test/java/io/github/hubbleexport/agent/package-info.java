/** Tests of the program: in one process with it, except for the one that runs the jar. */
@NullMarked
package io.github.hubbleexport.agent;

import org.jspecify.annotations.NullMarked;
