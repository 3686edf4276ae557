package io.github.hubbleexport.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A line on a terminal that is written over once a second, and nothing where nobody watches. For one thread. */
final class ProgressLine {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String BEGIN_LINE_AFRESH = "\r\033[K";

    private final Host host;
    private long shownAt;
    private boolean shown;

    ProgressLine(Host host) {
        this.host = host;
        shownAt = host.nanos().getAsLong();
    }

    /** Shows a text if the last one was shown a second ago; otherwise it is not even made. */
    void update(Supplier<String> text) {
        if (!host.errIsTerminal()) {
            return;
        }
        long now = host.nanos().getAsLong();
        if (now - shownAt >= INTERVAL_NANOS) {
            shownAt = now;
            shown = true;
            host.err().print(BEGIN_LINE_AFRESH + text.get());
            host.err().flush();
        }
    }

    /** Takes the line away, so that something else can be printed. */
    void clear() {
        if (shown) {
            shown = false;
            host.err().print(BEGIN_LINE_AFRESH);
            host.err().flush();
        }
    }
}
