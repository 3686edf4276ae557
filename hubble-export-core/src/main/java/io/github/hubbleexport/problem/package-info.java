/** What is wrong with a configuration: every problem at once, each with its place, its value and the reason. */
@NullMarked
package io.github.hubbleexport.problem;

import org.jspecify.annotations.NullMarked;
