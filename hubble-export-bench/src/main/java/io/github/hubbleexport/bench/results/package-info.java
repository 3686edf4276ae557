/** Runs benchmarks and makes a page and a picture of their figures. */
@NullMarked
package io.github.hubbleexport.bench.results;

import org.jspecify.annotations.NullMarked;
