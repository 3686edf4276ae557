/** From the thread that exports to the sink: batches, and the account of what the sink did with them. */
@NullMarked
package io.github.hubbleexport.deliver;

import org.jspecify.annotations.NullMarked;
