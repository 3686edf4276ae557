/**
 * Flow logs that are configured by a file and change while the host runs: {@link io.github.hubbleexport.config.FlowLogs}
 * reads the file, {@link io.github.hubbleexport.config.DynamicExporter} applies it.
 */
@NullMarked
package io.github.hubbleexport.config;

import org.jspecify.annotations.NullMarked;
