/** Stress tests of the hand-over between threads, in the package of what they test. */
@NullMarked
package io.github.hubbleexport.deliver;

import org.jspecify.annotations.NullMarked;
