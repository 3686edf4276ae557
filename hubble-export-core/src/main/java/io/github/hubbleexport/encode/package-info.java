/** From an event's wire bytes to one record of output, in declaration order, with the mask as part of the plan. */
@NullMarked
package io.github.hubbleexport.encode;

import org.jspecify.annotations.NullMarked;
