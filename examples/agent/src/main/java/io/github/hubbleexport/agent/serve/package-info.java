/** A small HTTP server: {@link io.github.hubbleexport.agent.serve.PageServer} shows pages that are made when asked for. */
@NullMarked
package io.github.hubbleexport.agent.serve;

import org.jspecify.annotations.NullMarked;
