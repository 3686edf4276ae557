package io.github.hubbleexport.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.github.hubbleexport.proto.flow.DropReason;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowType;
import io.github.hubbleexport.proto.flow.L7FlowType;
import io.github.hubbleexport.proto.flow.TrafficDirection;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedTrafficTest {

    private static final int EVENTS = 5000;

    private final List<SimulatedEvent> events = events(1);
    private final List<Flow> flows = events.stream()
            .map(SimulatedEvent::event)
            .filter(ExportEvent::hasFlow)
            .map(ExportEvent::getFlow)
            .toList();

    @Test
    void oneSeedGivesOneSequence() {
        assertThat(events(1)).isEqualTo(events);
        assertThat(events(2)).isNotEqualTo(events);
    }

    @Test
    void timeOnlyGoesForward() {
        assertThat(events)
                .extracting(simulated -> simulated.event().getTime())
                .isSortedAccordingTo(Timestamps.comparator());
        assertThat(Timestamps.toString(events.get(0).event().getTime())).startsWith("2026-01-01T00:00:00");
    }

    @Test
    void everyKindOccurs() {
        assertThat(events).extracting(SimulatedEvent::kind).contains(EventKind.values());
    }

    @Test
    void everyFlowTellsWhereItWasSeen() {
        assertThat(events).allSatisfy(simulated -> {
            ExportEvent event = simulated.event();
            assertThat(event.getNodeName()).startsWith("demo/node-");
            if (event.hasFlow()) {
                assertThat(event.getFlow().getNodeName()).isEqualTo(event.getNodeName());
                assertThat(event.getFlow().getTime()).isEqualTo(event.getTime());
            }
        });
        assertThat(flows).extracting(Flow::getUuid).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void theServersSideIsIngressAndTheClientsEgress() {
        assertThat(flows).allSatisfy(flow -> {
            boolean fromServer = flow.getIsReply().getValue();
            String client =
                    fromServer ? flow.getIP().getDestination() : flow.getIP().getSource();
            String server = fromServer ? flow.getIP().getSource() : flow.getIP().getDestination();
            String seenAt = flow.getTrafficDirection() == TrafficDirection.EGRESS ? client : server;
            int node = Integer.parseInt(flow.getNodeName().substring("demo/node-".length())) - 1;
            assertThat(seenAt).startsWith("10.0." + node + ".");
        });
    }

    @Test
    void dropsHaveAReasonAndPolicyDropsHaveAPolicy() {
        Stream<Flow> packets = flows.stream().filter(flow -> flow.getEventType().getType() == 1);
        assertThat(packets.toList())
                .isNotEmpty()
                .allMatch(flow -> flow.getVerdict() == Verdict.DROPPED)
                .allMatch(flow -> flow.getEventType().getSubType() == flow.getDropReasonDescValue())
                .anyMatch(flow -> flow.getDropReasonDesc() != DropReason.POLICY_DENIED)
                .filteredOn(flow -> flow.getDropReasonDesc() == DropReason.POLICY_DENIED)
                .isNotEmpty()
                .allMatch(flow -> flow.getIngressDeniedByCount() == 1);
    }

    @Test
    void responsesCarryCodesAndRequestsDoNot() {
        List<Flow> http = flows.stream().filter(flow -> flow.getL7().hasHttp()).toList();
        assertThat(http)
                .isNotEmpty()
                .allMatch(flow -> flow.getType() == FlowType.L7)
                .allMatch(flow -> flow.getIsReply().getValue() == (flow.getL7().getType() == L7FlowType.RESPONSE))
                .allMatch(flow ->
                        flow.getIsReply().getValue() == flow.getL7().getHttp().getCode() > 0);
        assertThat(http).extracting(flow -> flow.getL7().getHttp().getCode()).contains(200, 404, 503);
    }

    @Test
    void namesAreLookedUpAndSomeDoNotExist() {
        assertThat(flows.stream()
                        .filter(flow ->
                                flow.getL7().hasDns() && flow.getIsReply().getValue()))
                .isNotEmpty()
                .anyMatch(flow -> flow.getL7().getDns().getRcode() == 3)
                .allMatch(flow -> flow.getL7().getDns().getRcode() == 3
                        ^ flow.getL7().getDns().getIpsCount() == 1);
    }

    @Test
    void connectionsBeginWithAHandshake() {
        Comparator<Flow> byTime = Comparator.comparing(Flow::getTime, Timestamps.comparator());
        Flow first = flows.stream()
                .filter(flow -> flow.getL4().getTCP().hasFlags() && flow.getVerdict() == Verdict.FORWARDED)
                .min(byTime)
                .orElseThrow();
        assertThat(first.getL4().getTCP().getFlags()).isEqualTo(Transport.SYN);
    }

    private static List<SimulatedEvent> events(long seed) {
        SimulatedTraffic traffic = new SimulatedTraffic(seed);
        return Stream.generate(traffic::next).limit(EVENTS).toList();
    }
}
