package io.github.hubbleexport.sink;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RotatingSinkContractTest extends SinkContractTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeTime time = new FakeTime();
    private final FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(6);

    @Override
    protected Sink open() {
        Path file = folder.resolve("not/yet/there/events.log");
        return RotatingSink.builder(file)
                .maxFileBytes(20_000)
                .maxBackups(0)
                .clock(time)
                .ticker(time)
                .fileOps(ops)
                .build();
    }

    @Override
    protected boolean breakDown() {
        ops.plan((call, number) -> call == FaultyFileOps.Call.WRITE);
        return true;
    }

    @Override
    protected void mend() {
        ops.plan((call, number) -> false);
        time.advance(ActiveFile.LONGEST_PAUSE);
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
