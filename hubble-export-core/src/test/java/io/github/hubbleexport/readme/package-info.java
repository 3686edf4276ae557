/** The examples of README.md, compiled and run, so that they stay true. */
@NullMarked
package io.github.hubbleexport.readme;

import org.jspecify.annotations.NullMarked;
