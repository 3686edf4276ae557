package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is refused when a sink is built. */
final class RotatingSinkBuildTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @TempDir
    private Path folder;

    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        ConfigException seen = refusal(RotatingSink.builder(log.path("."))
                .maxFileSizeMb(0)
                .maxFileBytes(-1)
                .maxBackups(-1)
                .maxAge(Duration.ofDays(-1))
                .maxTotalBytes(0)
                .minFreeBytes(0)
                .fileMode("0999"));
        assertThat(seen.problems())
                .extracting(Problem::path)
                .containsExactly(
                        "filePath",
                        "maxFileSizeMb",
                        "maxFileBytes",
                        "maxFileBytes",
                        "maxBackups",
                        "maxAge",
                        "maxTotalBytes",
                        "minFreeBytes",
                        "fileMode");
        assertThat(seen.problems()).extracting(Problem::value).contains("0", "-1", "PT-24H", "0999");
        assertThat(log.names()).isEmpty();
    }

    @Test
    void theSettingsInForceAreTold() throws IOException {
        try (RotatingSink sink = RotatingSink.builder(folder.resolve("events.log"))
                .maxFileBytes(77)
                .maxBackups(0)
                .maxAge(Duration.ofDays(2))
                .maxTotalBytes(1_000)
                .minFreeBytes(2_000)
                .compression(Compression.gzip())
                .compressAfter(Duration.ofMinutes(3))
                .fileMode("0640")
                .oversize(Oversize.DROP)
                .fsync(Fsync.interval(Duration.ofSeconds(2)))
                .rotateAtStart(true)
                .localTime(true)
                .build()) {
            assertThat(sink.settings().toString())
                    .isEqualTo("{compressAfter=PT3M, compression=.gz, fileMode=rw-r-----, fsync=every PT2S,"
                            + " localTime=true, maxAge=PT48H, maxBackups=0, maxFileBytes=77, maxTotalBytes=1000,"
                            + " minFreeBytes=2000, oversize=DROP, rotateAtStart=true}");
        }
        assertThat(List.of(Fsync.never(), Fsync.atRotation(), Fsync.eachBatch()))
                .extracting(Fsync::toString)
                .containsExactly("never", "at rotation", "each batch");
    }

    /** Of policies of the host nothing is known but what they say of themselves. */
    @Test
    void policiesOfTheHostTakeThePlaceOfLimits() throws IOException {
        RotationPolicy own = RotationPolicy.size(5);
        Retention all = Retention.all();
        try (RotatingSink sink = RotatingSink.builder(folder.resolve("events.log"))
                .rotation(own)
                .retention(all)
                .build()) {
            assertThat(sink.settings())
                    .containsEntry("rotation", own.toString())
                    .containsEntry("retention", all.toString())
                    .containsEntry("compression", "none")
                    .doesNotContainKeys("maxFileBytes", "maxBackups", "compressAfter");
        }
    }

    @Test
    void contradictionsAreRefused() {
        ConfigException seen = refusal(RotatingSink.builder(log.live())
                .maxFileSizeMb(1)
                .rotation(RotationPolicy.size(1))
                .localTime(true)
                .naming(BackupNaming.timestamp(ZoneOffset.UTC))
                .maxBackups(1)
                .maxAge(Duration.ofDays(1))
                .retention(Retention.all())
                .compress(false)
                .compression(Compression.gzip()));
        assertThat(seen.problems())
                .extracting(Problem::path)
                .containsExactly("maxFileSizeMb", "localTime", "maxBackups", "maxAge", "compress");
    }

    @Test
    void aGraceNeedsACompressionAndALength() throws IOException {
        RotatingSink.Builder uncompressed = RotatingSink.builder(log.live()).compressAfter(Duration.ofSeconds(1));
        assertThat(refusal(uncompressed).problems())
                .singleElement()
                .hasToString("compressAfter: means nothing without a compression: \"PT1S\"");
        for (Duration wrong : List.of(Duration.ofNanos(-1), Duration.ofDays(366), Duration.ofSeconds(Long.MAX_VALUE))) {
            ConfigException seen =
                    refusal(RotatingSink.builder(log.live()).compress(true).compressAfter(wrong));
            assertThat(seen.problems()).singleElement().asString().contains("must be between zero and PT8760H");
        }
        RotatingSink.builder(log.live())
                .compress(true)
                .compressAfter(Duration.ZERO)
                .build()
                .close();
    }

    @Test
    void aCompressionNeedsASuffix() {
        Compression nameless = new Compression() {
            @Override
            public String suffix() {
                return "";
            }

            @Override
            public OutputStream open(OutputStream archive) {
                return archive;
            }
        };
        assertThat(refusal(RotatingSink.builder(log.live()).compression(nameless)))
                .hasMessageContaining("suffix");
    }

    @Test
    void buildingOpensAndCreatesNothing() throws IOException {
        Path file = log.path("not/there/events.log");
        RotatingSink.builder(file).build().close();
        assertThat(log.names()).isEmpty();
    }

    @Test
    @DisplayName("row 11: a folder is refused")
    void aFolderIsNoFile() throws IOException {
        Files.createDirectory(log.path("sub"));
        assertThat(refusal(RotatingSink.builder(log.path("sub")))).hasMessageContaining("folder");
        assertThat(refusal(RotatingSink.builder(log.path("sub/..")))).hasMessageContaining("folder");
        assertThat(refusal(RotatingSink.builder(Path.of("")))).hasMessageContaining("folder");
    }

    @Test
    void aFileIsNoFolder() {
        log.write("plain.txt", "text\n");
        assertThat(refusal(RotatingSink.builder(log.path("plain.txt/events.log"))))
                .hasMessageContaining("not a folder");
        assertThat(refusal(RotatingSink.builder(log.path("plain.txt/more/events.log"))))
                .hasMessageContaining("not a folder");
    }

    @Test
    @DisplayName("row 11: a dangling link is refused")
    void aDanglingLinkIsRefused() throws IOException {
        Files.createSymbolicLink(log.path("events.log"), log.path("nowhere"));
        assertThat(refusal(RotatingSink.builder(log.live()))).hasMessageContaining("leads nowhere");
        Files.delete(log.live());
    }

    @Test
    @DisplayName("row 11: a pipe is refused without waiting for a reader")
    void aPipeIsRefusedWithoutWaitingForAReader() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", log.live().toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        assertThat(refusal(RotatingSink.builder(log.live()))).hasMessageContaining("not a regular file");
    }

    @Test
    @DisplayName("row 15: two sinks on one file are refused, however it is called")
    void twoSinksOnOneFileAreRefusedHoweverItIsCalled() throws IOException {
        Files.createDirectory(log.path("real"));
        Files.createSymbolicLink(log.path("link"), log.path("real"));
        Path path = log.path("real/a.log");
        try (RotatingSink sink = RotatingSink.builder(path).build()) {
            for (String same : new String[] {"real/a.log", "real/./a.log", "real/../real/a.log", "link/a.log"}) {
                assertThat(refusal(RotatingSink.builder(log.path(same))))
                        .hasMessageContaining(log.path(same).toString())
                        .hasMessageContaining(path.toString());
            }
            sink.write(Lines.batch("one"));
            Files.createSymbolicLink(log.path("b.log"), path);
            assertThat(refusal(RotatingSink.builder(log.path("b.log")))).hasMessageContaining(path.toString());
        }
        RotatingSink.builder(log.path("link/a.log")).build().close();
        assertThat(Files.readString(path)).isEqualTo("one\n");
    }

    @Test
    void aRefusedBuilderLeavesThePathFree() throws IOException {
        assertThat(refusal(RotatingSink.builder(log.live()).maxBackups(-1)).problems())
                .hasSize(1);
        RotatingSink.builder(log.live()).build().close();
        RotatingSink.builder(log.live()).build().close();
        assertThat(log.names()).isEmpty();
    }

    @Test
    void aRelativePathIsTakenFromTheWorkingFolder() throws IOException {
        try (RotatingSink sink =
                RotatingSink.builder(Path.of("target/../some.log")).build()) {
            assertThat(sink.path().isAbsolute()).isTrue();
            assertThat(sink.path().getFileName()).hasToString("some.log");
        }
    }

    private static ConfigException refusal(RotatingSink.Builder builder) {
        return catchThrowableOfType(ConfigException.class, builder::build);
    }
}
