/** What is compared: ways from an event to a line, and ways from a line to a file. */
@NullMarked
package io.github.hubbleexport.bench.rival;

import org.jspecify.annotations.NullMarked;
