package io.github.hubbleexport.bench;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.EventWay;
import io.github.hubbleexport.bench.rival.JsonValues;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.testkit.ShapedEvents;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** From wire bytes to lines with every field, when the flows of some events come in two parts that have to be merged. */
public class FallbackBenchmark extends WayBenchmark {

    private static final int COMPARED = 200;

    /** How many events of a hundred come in two parts. */
    @Param({"0", "25", "50", "75", "100"})
    public int splitPercent;

    /** Who does it. */
    @Param({"WIRE", "OBVIOUS"})
    public Rival rival = Rival.WIRE;

    /** Makes the events, opens the way, and proves that parts are merged. */
    @Setup(Level.Trial)
    public void open() {
        rival.check(Configuration.NONE);
        WireEvents whole = Corpus.events();
        WireEvents split = splitSome(whole);
        EventWay way = rival.openWarm(Configuration.NONE, split);
        time(way, split.count());
        try (EventWay twin = rival.open(Configuration.NONE, whole)) {
            compare(way, twin, Math.min(COMPARED, split.count()));
        }
    }

    private WireEvents splitSome(WireEvents whole) {
        byte[][] events = new byte[whole.count()][];
        int sum = 0;
        for (int i = 0; i < events.length; i++) {
            events[i] = whole.copy(i);
            sum += splitPercent;
            if (sum >= 100) {
                sum -= 100;
                events[i] = ShapedEvents.split(events[i]);
            }
        }
        return new WireEvents(events);
    }

    private static void compare(EventWay way, EventWay twin, int events) {
        for (int event = 0; event < events; event++) {
            if (!JsonValues.same(twin.line(event), way.line(event))) {
                throw new IllegalStateException("event " + event + " is printed as " + way.line(event));
            }
        }
    }
}
