/** What became of every event, for hosts to read; knows no metrics library. */
@NullMarked
package io.github.hubbleexport.stats;

import org.jspecify.annotations.NullMarked;
