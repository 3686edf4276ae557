/**
 * Hubble's flow filters, compiled. A list of {@code flow.FlowFilter}s becomes an immutable program of clauses that
 * compare the wire bytes of an event with bytes prepared when the program was built. Each family of fields has a small
 * file of its own that names the file of Hubble it mirrors, so that both can be read side by side.
 */
@NullMarked
package io.github.hubbleexport.filter;

import org.jspecify.annotations.NullMarked;
