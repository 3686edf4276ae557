/**
 * A command-line program over the library: {@link io.github.hubbleexport.agent.HubbleExportAgent} reads the arguments,
 * a command builds one exporter from the flags of the Cilium agent, and an
 * {@link io.github.hubbleexport.agent.ExportSession} keeps it until the input or the process ends. The command {@code run}
 * does the same for all flow logs of a file in a {@link io.github.hubbleexport.agent.RunSession}.
 */
@NullMarked
package io.github.hubbleexport.agent;

import org.jspecify.annotations.NullMarked;
