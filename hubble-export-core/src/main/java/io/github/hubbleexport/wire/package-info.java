/** Reading protobuf bytes: one pass over an event leaves every field that somebody asked for in a slot. */
@NullMarked
package io.github.hubbleexport.wire;

import org.jspecify.annotations.NullMarked;
