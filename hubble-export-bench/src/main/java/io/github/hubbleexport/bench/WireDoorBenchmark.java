package io.github.hubbleexport.bench;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** From the wire bytes of an event to its line. */
public class WireDoorBenchmark extends WayBenchmark {

    /** What is asked for. */
    @Param
    public Configuration configuration = Configuration.NONE;

    /** Who does it. */
    @Param({"WIRE", "OBVIOUS", "JACKSON"})
    public Rival rival = Rival.WIRE;

    /** Proves that the lines are right, and opens the way. */
    @Setup(Level.Trial)
    public void open() {
        rival.check(configuration);
        WireEvents events = Corpus.events();
        time(rival.openWarm(configuration, events), events.count());
    }
}
