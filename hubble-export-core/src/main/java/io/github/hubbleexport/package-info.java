/**
 * Hubble's flow exporter for any Java host: {@link io.github.hubbleexport.ExporterBuilder} makes a
 * {@link io.github.hubbleexport.FlowExporter}, which takes events as messages or as wire bytes, filters and masks them,
 * and writes them to a {@link io.github.hubbleexport.sink.Sink}.
 */
@NullMarked
package io.github.hubbleexport;

import org.jspecify.annotations.NullMarked;
