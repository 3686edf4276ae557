/** Metrics for hosts that have {@code io.micrometer:micrometer-core} on their class path. */
@NullMarked
package io.github.hubbleexport.micrometer;

import org.jspecify.annotations.NullMarked;
