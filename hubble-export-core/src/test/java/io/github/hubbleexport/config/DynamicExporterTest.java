package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hubbleexport.ExportHook.Decision;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.config.DynamicExporterStatus.Operation;
import io.github.hubbleexport.config.FlowLogStatus.State;
import io.github.hubbleexport.config.ReloadResult.Outcome;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reloads as transactions, one at a time; {@link ReloadUnderLoadTest} has them under load. */
@Timeout(60)
class DynamicExporterTest extends DynamicFixture {

    private static final FlowFilter DROPPED =
            FlowFilter.newBuilder().addVerdict(Verdict.DROPPED).build();

    @Test
    void addsChangesKeepsAndRemoves() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.FILTERED);
        FlowLogConfig a = entry("a", "/a").build();
        FlowLogConfig b = entry("b", "/b").build();
        FlowLogConfig c = entry("c", "/c").build();
        assertThat(exporter.apply(logs(a, b)).added()).containsExactly("a", "b");
        send(exporter, "1");
        FlowLogConfig changed =
                entry("b", "/b").includeFilters(List.of(DROPPED)).build();
        ReloadResult result = exporter.apply(logs(c, changed, a));
        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(result.kept()).containsExactly("a");
        assertThat(result.changed()).containsExactly("b");
        assertThat(result.added()).containsExactly("c");
        send(exporter, "2");
        assertThat(exporter.apply(logs(c)).removed()).containsExactlyInAnyOrder("a", "b");
        send(exporter, "3");
        exporter.close();
        assertThat(text("/a")).isEqualTo(line("1") + line("2"));
        assertThat(text("/b")).isEqualTo(line("1"));
        assertThat(text("/c")).isEqualTo(line("2") + line("3"));
        assertThat(opened.values())
                .allSatisfy(sinks -> assertThat(sinks)
                        .singleElement()
                        .satisfies(sink -> assertThat(sink.closes()).isEqualTo(1)));
        DynamicExporterStatus status = exporter.status();
        assertThat(status.count(Operation.ADD)).isEqualTo(3);
        assertThat(status.count(Operation.UPDATE)).isEqualTo(1);
        assertThat(status.count(Operation.REMOVE)).isEqualTo(2);
        assertThat(status.lastApplied()).isEqualTo(clock.instant());
        assertThat(status.configHash()).isEqualTo(logs(c).hash());
    }

    @Test
    void countersGoOnThroughChanges() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        for (int i = 0; i < 4; i++) {
            FlowLogConfig.Builder entry = entry("a", "/a").fileMaxBackups(i + 1);
            exporter.apply(logs(i == 2 ? entry.includeFilters(List.of(DROPPED)).build() : entry.build()));
            send(exporter, "x" + i);
        }
        exporter.flush();
        assertThat(flowLog(exporter, "a").counters().received()).isEqualTo(4);
        assertThat(flowLog(exporter, "a").counters().written()).isEqualTo(3);
        assertThat(flowLog(exporter, "a").counters().filtered()).isEqualTo(1);
        assertThat(sinks("/a")).as("each change of the file opens it anew").hasSize(4);
        assertThat(sinks("/a").subList(0, 3)).allMatch(sink -> sink.closes() == 1);
    }

    @Test
    void aFileMovesFromOneEntryToAnotherWithoutBeingReopened() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        exporter.apply(logs(entry("a", "/a").build(), entry("b", "/b").build()));
        send(exporter, "1");
        ReloadResult result =
                exporter.apply(logs(entry("b", "/a").build(), entry("new", "/b").build()));
        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
        send(exporter, "2");
        exporter.close();
        assertThat(text("/a")).isEqualTo(line("1") + line("2"));
        assertThat(text("/b")).isEqualTo(line("1") + line("2"));
        assertThat(opened.values()).allMatch(sinks -> sinks.size() == 1);
        assertThat(sinks("/a").get(0).closes()).isEqualTo(1);
    }

    @Test
    void anEntryThatCannotBeBuiltGoesOnAsItWas() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        exporter.apply(logs(entry("a", "/a").build(), entry("b", "/b").build()));
        FlowFilter bad = FlowFilter.newBuilder().addSourceIp("10.0.0.0/99").build();
        FlowLogConfig badFilter =
                entry("a", "/new").includeFilters(List.of(bad)).build();
        FlowLogConfig badMask =
                FlowLogConfig.builder("c", "/c").fieldMask(List.of("nope")).build();
        FlowLogConfig changed = entry("b", "/b2").build();
        ReloadResult result = exporter.apply(logs(badFilter, changed, badMask));
        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED_IN_PART);
        assertThat(result.failed()).containsExactly("a", "c");
        assertThat(result.changed()).containsExactly("b");
        assertThat(result.problems())
                .extracting(Problem::path)
                .containsExactly("flowLogs[0].includeFilters[0].source_ip[0]", "flowLogs[2].fieldMask[0]");
        send(exporter, "1");
        exporter.flush();
        assertThat(text("/a")).isEqualTo(line("1"));
        assertThat(text("/b2")).isEqualTo(line("1"));
        assertThat(flowLog(exporter, "a").state()).isEqualTo(State.ACTIVE);
        assertThat(flowLog(exporter, "a").problems()).hasSize(1);
        assertThat(flowLog(exporter, "c").state()).isEqualTo(State.FAILED);
        assertThat(exporter.status().count(Operation.ENTRY_FAILURE)).isEqualTo(2);
        assertThat(exporter.apply(logs(entry("a", "/a").build())).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(flowLog(exporter, "a").problems()).isEmpty();
        assertThat(sinks("/a")).hasSize(1);
    }

    @Test
    void whoCountsOnAFileThatDoesNotBecomeFreeFailsToo() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        exporter.apply(logs(
                entry("a", "/a").build(),
                entry("b", "/b").build(),
                entry("c", "/c").build()));
        FlowLogConfig cannot =
                FlowLogConfig.builder("a", "/x").fieldMask(List.of("nope")).build();
        ReloadResult result = exporter.apply(
                logs(cannot, entry("b", "/a").build(), entry("c", "/b").build()));
        assertThat(result.failed()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(result.problems())
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains("is the file of flow log a, which goes on as it was"))
                .anyMatch(text -> text.contains("is the file of flow log b, which goes on as it was"));
        send(exporter, "1");
        exporter.close();
        assertThat(opened).containsOnlyKeys("/a", "/b", "/c");
        assertThat(List.of(text("/a"), text("/b"), text("/c"))).containsOnly(line("1"));
    }

    @Test
    void aSinkThatCannotBeOpenedIsTriedAgain() {
        boolean[] broken = {true};
        DynamicExporter exporter =
                started(DynamicExporter.builder().pollInterval(Duration.ZERO).sinks(entry -> {
                    if (broken[0]) {
                        throw new IOException("as told");
                    }
                    return open(entry);
                }));
        ReloadResult result = exporter.apply(logs(entry("a", "/a").build()));
        assertThat(result.problems())
                .extracting(Problem::toString)
                .containsExactly("flowLogs[0].filePath: cannot be opened: java.io.IOException: as told: \"/a\"");
        assertThat(exporter.reload().outcome()).isEqualTo(Outcome.UNCHANGED);
        broken[0] = false;
        assertThat(exporter.reload().added()).containsExactly("a");
        assertThat(flowLog(exporter, "a").isActive()).isTrue();
    }

    @Test
    void aSinkThatCannotBeOpenedAgainHoldsNobodyUp() {
        boolean[] broken = {false};
        DynamicExporter exporter = started(DynamicExporter.builder()
                .pollInterval(Duration.ZERO)
                .customizer((entry, builder) -> builder.batchBytes(1))
                .sinks(entry -> {
                    if (broken[0]) {
                        throw new IOException("as told");
                    }
                    return open(entry);
                }));
        exporter.apply(logs(entry("a", "/a").build()));
        broken[0] = true;
        assertThat(exporter.apply(logs(entry("a", "/a").fileCompress(true).build()))
                        .changed())
                .containsExactly("a");
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.LOST);
        broken[0] = false;
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.WRITTEN);
    }

    @Test
    void aSinkThatHangsKeepsNeitherTheReloadNorItsSuccessor() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DynamicExporter exporter = started(DynamicExporter.builder()
                .pollInterval(Duration.ZERO)
                .drainTimeout(Duration.ofMillis(20))
                .customizer((entry, builder) -> builder.batchBytes(1))
                .sinks(this::open));
        exporter.apply(logs(entry("a", "/a").build()));
        sinks("/a").get(0).fault(batch -> {
            hangs.countDown();
            awaitPastInterrupts(release);
        });
        Thread sender = new Thread(() -> send(exporter, "1"));
        sender.start();
        hangs.await();
        FlowLogConfig changed =
                entry("a", "/a").excludeFilters(List.of(DROPPED)).build();
        assertThat(exporter.apply(logs(changed)).changed()).containsExactly("a");
        send(exporter, "2");
        exporter.flush();
        assertThat(sinks("/a")).hasSize(2);
        assertThat(sinks("/a").get(1).text()).isEqualTo(line("2"));
        assertThat(sinks("/a").get(0).closes()).isZero();
        release.countDown();
        sender.join();
        await(() -> sinks("/a").get(0).closes() == 1);
    }

    private static void awaitPastInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // The exporter may try to end a write that hangs; this one hangs all the same.
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void customPartsAreThoseOfTheHostAndTheirFaultsThoseOfTheEntry() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()).customizer((entry, builder) -> {
            if (entry.name().equals("broken")) {
                throw new IllegalStateException("as told");
            }
            builder.batchBytes(entry.name().equals("wrong") ? 0 : 1).hook(event -> Decision.STOP);
        }));
        ReloadResult result = exporter.apply(logs(
                entry("a", "/a").build(),
                entry("broken", "/b").build(),
                entry("wrong", "/c").build()));
        assertThat(result.added()).containsExactly("a");
        assertThat(result.failed()).containsExactlyInAnyOrder("broken", "wrong");
        assertThat(result.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("flowLogs[1].filePath", "flowLogs[2].batchBytes");
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.STOPPED);
        assertThat(sinks("/b").get(0).closes()).isEqualTo(1);
        assertThat(sinks("/c").get(0).closes()).isEqualTo(1);
    }

    @Test
    void mergingFlowsIsRefusedAndNeverIgnored() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        ReloadResult result = exporter.apply(logs(
                entry("a", "/a").fieldAggregate(List.of("source.namespace")).build(),
                entry("b", "/b").fieldAggregate(List.of("nope")).build(),
                entry("c", "/c").aggregationInterval(Duration.ofSeconds(5)).build()));
        assertThat(result.added()).containsExactly("c");
        assertThat(result.problems())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains("flowLogs[0].fieldAggregate: this version does not merge flows"),
                        two -> assertThat(two).contains("flowLogs[1].fieldAggregate[0]: no field \"nope\""));
    }

    @Test
    @Timeout(60)
    void closingWithinALimitIsNotHeldUpByOneThatHangs() {
        Gate gate = new Gate();
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder().drainTimeout(Duration.ZERO)));
        exporter.apply(logs(entry("hangs", "/a").build(), entry("works", "/b").build()));
        sinks("/a").get(0).fault(batch -> gate.pass());
        send(exporter, "1");
        assertThat(exporter.close(Duration.ofMillis(50))).isFalse();
        assertThat(text("/b")).isEqualTo(line("1"));
        assertThat(sinks("/b").get(0).closes()).isEqualTo(1);
        assertThat(flowLog(exporter, "hangs").counters().lost(LossReason.CLOSE_TIMEOUT))
                .isEqualTo(1);
        assertThat(flowLog(exporter, "works").counters().lostTotal()).isZero();
        gate.open();
    }

    @Test
    void closingGivesUpWaitingForAReloadThatHangsWhichThenClosesEverything() throws InterruptedException {
        Gate gate = new Gate();
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()).sinks(entry -> {
            if (entry.name().equals("hangs")) {
                gate.pass();
            }
            return open(entry);
        }));
        exporter.apply(logs(entry("works", "/a").build()));
        Thread reload = new Thread(() -> exporter.apply(
                logs(entry("works", "/a").build(), entry("hangs", "/b").build())));
        reload.start();
        gate.awaitArrival();
        assertThat(exporter.close(Duration.ofMillis(1))).isFalse();
        gate.open();
        reload.join();
        await(() -> sinks("/a").get(0).closes() == 1 && sinks("/b").get(0).closes() == 1);
    }

    @Test
    void closingTellsThatEverythingWasWritten() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        exporter.apply(logs(entry("a", "/a").build(), entry("b", "/b").build()));
        send(exporter, "1");
        assertThat(exporter.close(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(exporter.close(Duration.ZERO)).isTrue();
        assertThat(text("/a")).isEqualTo(line("1"));
        assertThat(text("/b")).isEqualTo(line("1"));
    }

    @Test
    @DisplayName("row 37: an entry ends at its end, its file is closed, and it resumes when the end moves to later")
    void anEntryEndsAndResumes() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        Instant end = clock.instant().plusSeconds(3600);
        exporter.apply(logs(entry("a", "/a").end(end).build(), entry("b", "/b").build()));
        send(exporter, "1");
        clock.turn(Duration.ofSeconds(3599));
        assertThat(exporter.reload().outcome()).isEqualTo(Outcome.UNCHANGED);
        send(exporter, "2");
        clock.turn(Duration.ofSeconds(1));
        assertThat(exporter.reload().changed()).containsExactly("a");
        assertThat(sinks("/a").get(0).closes()).isEqualTo(1);
        assertThat(flowLog(exporter, "a").state()).isEqualTo(State.INACTIVE);
        send(exporter, "3");
        assertThat(exporter.reload().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(exporter.status().count(Operation.UPDATE))
                .as("the file is the same")
                .isZero();
        ReloadResult later = exporter.apply(logs(
                entry("a", "/a").end(end.plusSeconds(60)).build(),
                entry("b", "/b").build()));
        assertThat(later.changed()).containsExactly("a");
        assertThat(later.kept()).containsExactly("b");
        send(exporter, "4");
        exporter.close();
        assertThat(text("/a")).isEqualTo(line("1") + line("2") + line("4"));
        assertThat(text("/b")).isEqualTo(line("1") + line("2") + line("3") + line("4"));
        assertThat(flowLog(exporter, "a").counters().written()).isEqualTo(3);
    }

    @Test
    void anEntryWhoseEndHasPassedIsThereButInactive() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        FlowLogs ended = logs(entry("a", "/a").end(clock.instant()).build());
        assertThat(exporter.apply(ended).added()).containsExactly("a");
        assertThat(exporter.apply(ended).kept()).containsExactly("a");
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.FILTERED);
        assertThat(opened).isEmpty();
        assertThat(flowLog(exporter, "a").isActive()).isFalse();
    }

    @Test
    void anEntryThatFailsToChangeStillEndsAtItsOldEnd() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        exporter.apply(logs(entry("a", "/a").end(clock.instant().plusSeconds(9)).build()));
        FlowLogConfig cannot =
                FlowLogConfig.builder("a", "/a").fieldMask(List.of("nope")).build();
        assertThat(exporter.apply(logs(cannot)).failed()).containsExactly("a");
        clock.turn(Duration.ofSeconds(9));
        exporter.reload();
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.FILTERED);
        assertThat(sinks("/a").get(0).closes()).isEqualTo(1);
        assertThat(flowLog(exporter, "a").state()).isEqualTo(State.FAILED);
    }

    @Test
    void eventsAfterTheCloseAreCounted() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        exporter.apply(logs(entry("a", "/a").build()));
        exporter.close();
        exporter.close();
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.exportFlow(FLOW.toByteArray())).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.status().closedEvents()).isEqualTo(2);
        assertThat(exporter.reload().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThatThrownBy(() -> exporter.apply(logs())).hasMessageContaining("closed");
    }

    @Test
    void theThreadLooksWhenTheNextEntryEnds() {
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder()));
        Instant end = clock.instant().plusSeconds(2);
        exporter.apply(logs(
                entry("a", "/a").end(end).build(),
                entry("b", "/b").end(end.plusSeconds(60)).build()));
        Reloader reloader = exporter.reloader();
        Duration interval = Duration.ofSeconds(5);
        assertThat(reloader.untilNextLook(interval)).isEqualTo(Duration.ofMillis(2001));
        clock.turn(Duration.ofSeconds(2));
        assertThat(reloader.untilNextLook(interval)).isEqualTo(interval);
    }

    @Test
    void realFilesAreNotReopenedUnlessTheirSettingsChange() throws IOException {
        Path log = folder.resolve("logs/a.log");
        DynamicExporter exporter = started(DynamicExporter.builder().pollInterval(Duration.ZERO));
        exporter.apply(logs(entry("a", log.toString()).build()));
        send(exporter, "1");
        exporter.apply(logs(entry("a", log.toString())
                .includeFilters(List.of(FlowFilter.getDefaultInstance()))
                .build()));
        send(exporter, "2");
        exporter.apply(logs(entry("a", log.toString()).fileMaxSizeMb(1).build()));
        send(exporter, "3");
        ReloadResult otherSpelling = exporter.apply(
                logs(entry("b", folder + "/logs/../logs/a.log").fileMaxSizeMb(1).build()));
        assertThat(otherSpelling.outcome()).isEqualTo(Outcome.APPLIED);
        send(exporter, "4");
        Path file = Files.createDirectory(folder.resolve("is-a-folder"));
        ReloadResult refused = exporter.apply(logs(
                entry("b", file.toString()).build(), entry("c", folder + "/c").build()));
        assertThat(refused.failed()).containsExactly("b");
        assertThat(refused.problems().toString()).contains("flowLogs[0].filePath: is a folder");
        send(exporter, "5");
        exporter.close();
        assertThat(Files.readString(log)).isEqualTo(line("1") + line("2") + line("3") + line("4") + line("5"));
        assertThat(Files.readString(folder.resolve("c"))).isEqualTo(line("5"));
    }
}
