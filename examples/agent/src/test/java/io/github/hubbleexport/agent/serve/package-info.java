/** Tests of the HTTP server, over HTTP. */
@NullMarked
package io.github.hubbleexport.agent.serve;

import org.jspecify.annotations.NullMarked;
