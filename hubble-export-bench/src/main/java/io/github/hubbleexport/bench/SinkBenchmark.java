package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.SinkRival;
import io.github.hubbleexport.bench.rival.SinkWay;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** From ready lines to files that rotate, without fsync. */
public class SinkBenchmark extends FilesBenchmark {

    /** Who does it. */
    @Param
    public SinkRival rival = SinkRival.ROTATING_SINK;

    private @Nullable SinkWay way;

    /** Opens the way; what that takes is not counted. */
    @Override
    void folderIsMade() {
        way = rival.open(lines(), file());
    }

    /** All lines, until the last one is in a file. */
    @Benchmark
    public int write() {
        SinkWay opened = requireNonNull(way);
        int count = lines().count();
        for (int line = 0; line < count; line++) {
            opened.write(line);
        }
        opened.close();
        return count;
    }
}
