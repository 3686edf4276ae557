package io.github.hubbleexport.bench;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;

/** Takes every batch and drops it. */
final class DropSink extends Sink {

    @Override
    public void write(LineBatch batch) {}
}
