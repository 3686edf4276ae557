package io.github.hubbleexport.sink;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RotatingSinkContractTest extends SinkContractTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    protected Sink open() {
        Path file = folder.resolve("not/yet/there/events.log");
        return RotatingSink.builder(file)
                .maxFileBytes(20_000)
                .maxBackups(0)
                .clock(new FakeTime())
                .build();
    }

    @Override
    protected String delivered() {
        LogFolder log = new LogFolder(folder.resolve("not/yet/there"));
        if (!folder.resolve("not/yet/there").toFile().exists()) {
            return "";
        }
        log.assertWhole();
        StringBuilder all = new StringBuilder();
        log.lines().forEach(line -> all.append(line).append('\n'));
        return all.toString();
    }
}
