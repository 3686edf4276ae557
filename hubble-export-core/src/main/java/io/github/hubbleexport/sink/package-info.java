/**
 * Where encoded events go: {@link io.github.hubbleexport.sink.Sink} is the class that every destination extends,
 * {@link io.github.hubbleexport.sink.RotatingSink} writes files that are put away when they are full, and the small
 * interfaces beside it decide when that is, how a backup is called, which backups stay and how they are compressed. Tee,
 * isolated and fail-over sinks put several together. Nothing here knows what a line contains.
 */
@NullMarked
package io.github.hubbleexport.sink;

import org.jspecify.annotations.NullMarked;
