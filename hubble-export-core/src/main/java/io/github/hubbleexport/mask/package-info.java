/** Which fields of a flow are exported. */
@NullMarked
package io.github.hubbleexport.mask;

import org.jspecify.annotations.NullMarked;
