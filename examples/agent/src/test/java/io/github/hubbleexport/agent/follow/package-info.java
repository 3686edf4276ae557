/** Tests of following files that are really written. */
@NullMarked
package io.github.hubbleexport.agent.follow;

import org.jspecify.annotations.NullMarked;
