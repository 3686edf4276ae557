package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.config.Plan.Action;
import io.github.hubbleexport.config.Plan.Step;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.filter.RandomFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dry run, and what it warns of. */
class PlanTest {

    private static FlowLogs logs(String... entries) {
        return FlowLogs.parse("{\"flowLogs\": [" + String.join(",", entries) + "]}");
    }

    @Test
    void tellsWhatWouldBeDoneAndDoesNothing(@TempDir Path folder) throws IOException {
        try (DynamicExporter exporter = DynamicExporter.builder()
                .pollInterval(Duration.ZERO)
                .sinks(entry -> new MemorySink())
                .build()) {
            exporter.apply(logs(
                    "{\"name\":\"keep\",\"filePath\":\"/k\"}",
                    "{\"name\":\"change\",\"filePath\":\"/c\"}",
                    "{\"name\":\"remove\",\"filePath\":\"/r\"}"));
            Path file = Files.writeString(folder.resolve("next.yaml"), """
                    flowLogs:
                    - {name: change, filePath: /c, fieldMask: [verdict, time], includeFilters: [{verdict: [DROPPED]}]}
                    - {name: add, filePath: /a}
                    - {name: keep, filePath: /k}
                    - {name: fail, filePath: /f, fieldMask: [nope]}
                    """);
            Plan plan = exporter.check(file);
            assertThat(plan.steps())
                    .extracting(step -> step.name() + " " + step.action())
                    .containsExactly("change CHANGE", "add ADD", "keep KEEP", "fail FAIL", "remove REMOVE");
            assertThat(plan.steps().get(0).compiled()).isEqualTo("""
                    fields: time,verdict
                    allowlist:
                    - '{"verdict":["DROPPED"]}'
                    denylist: []
                    """);
            assertThat(plan.isClean()).isFalse();
            assertThat(plan.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.line()).isEqualTo(5));
            assertThat(exporter.status().flowLogs()).hasSize(3);
            Plan broken = exporter.check(Files.writeString(file, "flowLogs: ["));
            assertThat(broken.steps()).isEmpty();
            assertThat(broken.problems()).hasSize(1);
            assertThat(exporter.check(folder.resolve("none")).problems().toString())
                    .contains("there is no such file");
        }
    }

    private static List<String> warnings(String include, String exclude, String mask) {
        FlowFilters filters = FlowFilters.parse(include, exclude);
        FlowLogConfig config = FlowLogConfig.builder("a", "/a")
                .includeFilters(filters.allow())
                .excludeFilters(filters.deny())
                .fieldMask(FlowMask.parse(mask).paths())
                .build();
        try (DynamicExporter exporter =
                DynamicExporter.builder().pollInterval(Duration.ZERO).build()) {
            List<Step> steps = exporter.check(FlowLogs.of(List.of(config))).steps();
            assertThat(steps).singleElement().extracting(Step::action).isEqualTo(Action.ADD);
            return steps.get(0).warnings();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"protocol\":[\"udp\"],\"tcp_flags\":[{\"SYN\":true}]}|``|``|includeFilters[0] can never match",
                "{\"protocol\":[\"ICMP\",\"vrrp\"],\"source_port\":[\"80\"]}|``|``|includeFilters[0] can never match",
                "{\"dns_query\":[\"a\"],\"http_method\":[\"GET\"]}|``|``|includeFilters[0] can never match",
                "{\"dns_query\":[\"a\"],\"event_type\":[{\"type\":4}]}|``|``|includeFilters[0] can never match",
                "{\"protocol\":[\"kafka\"],\"dns_query\":[\"a\"]}|``|``|includeFilters[0] can never match",
                "``|{\"protocol\":[\"udp\"],\"tcp_flags\":[{}]}|``|excludeFilters[0] can never match",
                "{\"protocol\":[\"tcp\"]}|``|l4.UDP.source_port|fieldMask[0] is never set",
                "{\"tcp_flags\":[{}]} {\"protocol\":[\"sctp\"]}|``|l4.ICMPv4|fieldMask[0] is never set",
                "{\"event_type\":[{\"type\":1}]}|``|l7|fieldMask[0] is never set",
                "{\"http_path\":[\"a\"]}|``|l7.dns.query|fieldMask[0] is never set",
                "``|{}|``|nothing is exported: excludeFilters[0]",
                "{\"uuid\":[\"a\"]} {}|``|``|includeFilters[1] matches every event",
                "{\"uuid\":[\"a\",\"b\"]}|{\"uuid\":[\"b\",\"a\"]}|``|includeFilters[0] does nothing"
            })
    void warnsOfWhatIsHardlyMeant(String include, String exclude, String mask, String warning) {
        assertThat(warnings(include, exclude, mask)).singleElement().asString().startsWith(warning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|``|``",
                "``|``|l4.UDP l7.dns.query l7.latency_ns",
                "{}|``|l4 l7",
                "{\"protocol\":[\"tcp\",\"http\"],\"source_port\":[\"80\"]}|``|l4.UDP l7.http",
                "{\"protocol\":[\"http\"],\"tcp_flags\":[{}]}|``|l4.TCP l7.http l7.latency_ns",
                "{\"event_type\":[{\"type\":129},{\"type\":1}]}|``|l7.kafka",
                "{\"source_ip\":[\"10.0.0.0/8\"],\"ip_version\":[\"IPv6\"]}|``|IP"
            })
    void doesNotWarnOfWhatMayBe(String include, String exclude, String mask) {
        assertThat(warnings(include, exclude, mask)).isEmpty();
    }

    /** A filter that matches an event is not called one that never matches, nor a path that is set one that is never set. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theWarningsAreSound(long seed) {
        RandomFilters random = new RandomFilters(seed);
        int matches = 0;
        for (int i = 0; i < 500; i++) {
            FlowFilter filter = random.filter();
            ExportEvent event = random.event();
            // Hubble sets layer 7 in events of that type only, which random events do not know.
            if (event.getFlow().hasL7()) {
                event = asAccessLog(event);
            }
            if (FlowFilters.of(List.of(filter), List.of()).matches(event)) {
                matches++;
                EventShapes shapes = EventShapes.of(filter);
                assertThat(shapes.isEmpty()).as("seed %d: %s", seed, filter).isFalse();
                assertCanHave(shapes, event.getFlow(), "seed " + seed + ": " + filter);
            }
        }
        assertThat(matches).isPositive();
    }

    private static ExportEvent asAccessLog(ExportEvent event) {
        ExportEvent.Builder changed = event.toBuilder();
        changed.getFlowBuilder().getEventTypeBuilder().setType(EventShapes.ACCESS_LOG);
        return changed.build();
    }

    private static void assertCanHave(EventShapes shapes, Flow flow, String description) {
        if (flow.getL4().getProtocolCase().getNumber() > 0) {
            assertThat(shapes.canHave("l4")).as(description).isTrue();
            String name = flow.getL4().getAllFields().keySet().iterator().next().getName();
            assertThat(shapes.canHave("l4." + name)).as(description).isTrue();
        }
        if (flow.getL7().getRecordCase().getNumber() > 0) {
            String name = flow.getL7().getRecordCase().name().toLowerCase(java.util.Locale.ROOT);
            assertThat(shapes.canHave("l7." + name)).as(description).isTrue();
        }
    }
}
