package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.testkit.MemorySink;

/** A tee with one branch that is isolated and one that is not is a sink like others. */
final class IsolatedTeeContractTest extends SinkContractTest {

    private MemorySink direct = new MemorySink();
    private MemorySink queued = new MemorySink();
    private TeeSink tee = new TeeSink(direct);

    @Override
    protected Sink open() {
        direct = new MemorySink();
        queued = new MemorySink();
        IsolatedSink isolated = IsolatedSink.builder(queued).name("contract").build();
        tee = new TeeSink(direct, isolated);
        return tee;
    }

    @Override
    protected String delivered() {
        while (tee.stats().get(1).queued() > 0) {
            Thread.onSpinWait();
        }
        assertThat(queued.text()).isEqualTo(direct.text());
        return direct.text();
    }
}
