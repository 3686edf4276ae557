package io.github.hubbleexport.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.testkit.RandomEvents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowMaskTest {

    @ParameterizedTest
    @ValueSource(strings = {"verdict,time", " verdict\n\ttime ", "time verdict,,time", "verdict, time,verdict"})
    void textIsSplitAtWhiteSpaceAndCommas(String text) {
        assertThat(FlowMask.parse(text)).hasToString("time,verdict").isEqualTo(FlowMask.of(List.of("time", "verdict")));
    }

    @Test
    void aPathThatAnotherCoversIsLeftOut() {
        FlowMask mask = FlowMask.parse("source.pod_name source.ID l4.TCP source l4.TCP.flags.SYN");
        assertThat(mask.paths()).containsExactly("l4.TCP", "source");
    }

    @Test
    void noPathsLetEverythingThrough() {
        assertThat(FlowMask.parse(" \n")).isEqualTo(FlowMask.all());
        assertThat(FlowMask.of(List.of()).isAll()).isTrue();
        assertThat(FlowMask.parse("time").isAll()).isFalse();
        Flow flow = new RandomEvents(1).nextFlow().getFlow();
        assertThat(FlowMask.all().apply(flow)).isEqualTo(flow);
    }

    @ParameterizedTest
    @CsvSource({
        "source.pod_nam,source.pod_name",
        "sorce.pod_name,source",
        "verdct,verdict",
        "ip,IP",
        "node_name.x,node_name",
        "egress_allowed_by.name,egress_allowed_by",
        "source.workloads.name,source.workloads",
        "l4.tcp,l4.TCP",
        "nodeName,node_name",
        "type,Type"
    })
    void aBadPathIsToldWithTheNearestValidOnes(String path, String nearest) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> FlowMask.of(List.of("time", path)));
        Problem problem = e.problems().get(0);
        assertThat(problem.path()).isEqualTo("fieldmask[1]");
        assertThat(problem.value()).isEqualTo(path);
        assertThat(problem.reason()).contains(nearest);
    }

    @Test
    void allBadPathsAreToldAtOnce() {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> FlowMask.of(List.of("a", "", "time", "..")));
        assertThat(e.problems())
                .extracting(Problem::path)
                .containsExactly("fieldmask[0]", "fieldmask[1]", "fieldmask[3]");
        assertThat(e).hasMessageContainingAll("3 problems", "fieldmask[0]", "fieldmask[3]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"time", "source", "source.pod_name,verdict", "l4.TCP.flags,is_reply", "egress_allowed_by,uuid"})
    void whatIsLeftOfAFlowIsWhatTheOfficialUtilityLeaves(String paths) {
        RandomEvents events = new RandomEvents(paths.hashCode());
        FlowMask mask = FlowMask.parse(paths);
        FieldMask official = FieldMask.newBuilder().addAllPaths(mask.paths()).build();
        for (int i = 0; i < 500; i++) {
            Flow flow = events.nextFlow().getFlow();
            Flow.Builder merged = Flow.newBuilder();
            FieldMaskUtil.merge(official, flow, merged);
            assertThat(FieldMaskUtil.trim(official, mask.apply(flow)))
                    .as("flow %d", i)
                    .isEqualTo(FieldMaskUtil.trim(official, mask.apply(merged.build())));
            assertThat(mask.apply(mask.apply(flow))).isEqualTo(mask.apply(flow));
        }
    }

    @Test
    void messagesOnTheWayAreThereEvenWhenTheyAreEmpty() {
        assertThat(FlowMask.parse("source.pod_name,destination,l4.TCP.flags").apply(Flow.getDefaultInstance()))
                .isEqualTo(Flow.newBuilder()
                        .setSource(Endpoint.getDefaultInstance())
                        .setL4(Layer4.getDefaultInstance())
                        .build());
    }
}
