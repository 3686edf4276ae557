package io.github.hubbleexport.bench;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** From a message that was parsed before to the line with every field. */
public class MessageDoorBenchmark extends WayBenchmark {

    /** Who does it. */
    @Param({"MESSAGE", "JSON_FORMAT"})
    public Rival rival = Rival.MESSAGE;

    /** Proves that the lines are right, parses the events and opens the way. */
    @Setup(Level.Trial)
    public void open() {
        rival.check(Configuration.NONE);
        WireEvents events = Corpus.events();
        time(rival.openWarm(Configuration.NONE, events), events.count());
    }
}
