package io.github.hubbleexport.config;

import io.github.hubbleexport.proto.flow.EventTypeFilter;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which kinds of events a filter can match, as far as protocols tell: an event has one protocol of layer 4 or none, one of
 * layer 7 or none, and is of the type of layer 7 or of another one. A set of such triples.
 *
 * <p>That an event with a protocol of layer 7 is of the type of layer 7 is so in Hubble, and not by the protobuf
 * definition. All else follows from the definition. Nothing is concluded from addresses, names, labels and expressions.
 */
final class EventShapes {

    /** {@code MessageTypeAccessLog} in Cilium: events of layer 7. */
    static final int ACCESS_LOG = 129;

    private static final List<String> LAYER_4 =
            List.of("TCP", "UDP", "ICMPv4", "ICMPv6", "SCTP", "VRRP", "IGMP", "none");
    private static final List<String> LAYER_7 = List.of("dns", "http", "kafka", "none");
    private static final Set<String> WITH_PORTS = Set.of("TCP", "UDP", "SCTP");
    private static final String NONE = "none";

    /** One triple. */
    private record Shape(String layer4, String layer7, boolean isAccessLog) {

        static Shape of(int number) {
            int rest = number / LAYER_4.size();
            return new Shape(
                    LAYER_4.get(number % LAYER_4.size()),
                    LAYER_7.get(rest % LAYER_7.size()),
                    rest / LAYER_7.size() == 1);
        }

        boolean exists() {
            return layer7.equals(NONE) || isAccessLog;
        }

        boolean isOfProtocol(String name) {
            boolean isIcmp = name.equals("icmp") && layer4.startsWith("ICMP");
            return isIcmp || layer4.toLowerCase(Locale.ROOT).equals(name) || layer7.equals(name);
        }
    }

    private static final int NUMBER = LAYER_4.size() * LAYER_7.size() * 2;

    private final BitSet shapes;

    private EventShapes(BitSet shapes) {
        this.shapes = shapes;
    }

    /** Those that one filter can match. */
    static EventShapes of(FlowFilter filter) {
        return new EventShapes(IntStream.range(0, NUMBER)
                .filter(number -> canMatch(filter, Shape.of(number)))
                .collect(BitSet::new, BitSet::set, BitSet::or));
    }

    /** Those that pass a list: all, if it is empty. */
    static EventShapes ofAny(List<FlowFilter> filters) {
        if (filters.isEmpty()) {
            return of(FlowFilter.getDefaultInstance());
        }
        BitSet any = new BitSet();
        filters.forEach(filter -> any.or(of(filter).shapes));
        return new EventShapes(any);
    }

    private static boolean canMatch(FlowFilter filter, Shape shape) {
        return shape.exists()
                && (filter.getProtocolCount() == 0 || hasProtocol(filter, shape))
                && (!asksForPorts(filter) || WITH_PORTS.contains(shape.layer4()))
                && (filter.getTcpFlagsCount() == 0 || shape.layer4().equals("TCP"))
                && (filter.getDnsQueryCount() == 0 || shape.layer7().equals("dns"))
                && (!asksForHttp(filter) || shape.layer7().equals("http"))
                && (filter.getEventTypeCount() == 0 || hasType(filter, shape));
    }

    private static boolean hasProtocol(FlowFilter filter, Shape shape) {
        return filter.getProtocolList().stream()
                .anyMatch(protocol -> shape.isOfProtocol(protocol.toLowerCase(Locale.ROOT)));
    }

    private static boolean asksForPorts(FlowFilter filter) {
        return filter.getSourcePortCount() + filter.getDestinationPortCount() > 0;
    }

    private static boolean asksForHttp(FlowFilter filter) {
        return filter.getHttpStatusCodeCount()
                        + filter.getHttpMethodCount()
                        + filter.getHttpPathCount()
                        + filter.getHttpUrlCount()
                        + filter.getHttpHeaderCount()
                > 0;
    }

    /** Type 0 stands for any. */
    private static boolean hasType(FlowFilter filter, Shape shape) {
        return filter.getEventTypeList().stream()
                .mapToInt(EventTypeFilter::getType)
                .anyMatch(type -> type == 0 || (type == ACCESS_LOG) == shape.isAccessLog());
    }

    boolean isEmpty() {
        return shapes.isEmpty();
    }

    /** Whether an event of one of these can have a value at a path of a field mask. */
    boolean canHave(String path) {
        String[] names = path.split("\\.", 3);
        String member = names.length > 1 ? names[1] : "";
        return switch (names[0]) {
            case "l4" -> shapes.stream().mapToObj(Shape::of).anyMatch(shape -> isAt(shape.layer4(), member));
            case "l7" ->
                shapes.stream()
                        .mapToObj(Shape::of)
                        .anyMatch(shape -> isAt(shape.layer7(), LAYER_7.contains(member) ? member : ""));
            default -> true;
        };
    }

    private static boolean isAt(String layer, String member) {
        return !layer.equals(NONE) && (member.isEmpty() || layer.equals(member));
    }
}
