/**
 * Files that are read while they are written: {@link io.github.hubbleexport.agent.follow.FollowedFiles} gives them one
 * after the other, each until it is known that nothing more will come in it.
 */
@NullMarked
package io.github.hubbleexport.agent.follow;

import org.jspecify.annotations.NullMarked;
