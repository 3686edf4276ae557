/** Benchmarks of the exporter beside the obvious way. Every benchmark checks its answer before it is timed. */
@NullMarked
package io.github.hubbleexport.bench;

import org.jspecify.annotations.NullMarked;
