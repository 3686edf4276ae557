package io.github.hubbleexport.bench;

import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Filters of one kind: one that every event of the benchmark passes, and any number that none does. */
public enum FilterFamily {
    /** The namespace and the beginning of the name of the source, all of one namespace. */
    POD {
        @Override
        FlowFilter match() {
            return FlowFilter.newBuilder()
                    .addSourcePod(NAMESPACE + "/checkout-7d9f8")
                    .build();
        }

        @Override
        FlowFilter stranger(int number) {
            return FlowFilter.newBuilder().addSourcePod(strangePod(number)).build();
        }
    },
    /** A network around the address of the source. */
    CIDR {
        @Override
        FlowFilter match() {
            return FlowFilter.newBuilder().addSourceIp("100.127.2.0/24").build();
        }

        @Override
        FlowFilter stranger(int number) {
            String network = "100." + (64 + number / 256) + "." + number % 256 + ".0/24";
            return FlowFilter.newBuilder().addSourceIp(network).build();
        }
    },
    /** A label of the source. */
    LABEL {
        @Override
        FlowFilter match() {
            return FlowFilter.newBuilder().addSourceLabel("k8s:app=" + APP).build();
        }

        @Override
        FlowFilter stranger(int number) {
            return FlowFilter.newBuilder()
                    .addSourceLabel("k8s:app=app-" + number)
                    .build();
        }
    },
    /** The pods of both ends, so that no two filters can become one. */
    BOTH_PODS {
        @Override
        FlowFilter match() {
            return FlowFilter.newBuilder()
                    .addSourcePod(NAMESPACE + "/checkout-")
                    .addDestinationPod(NAMESPACE + "/cart-")
                    .build();
        }

        @Override
        FlowFilter stranger(int number) {
            return FlowFilter.newBuilder()
                    .addSourcePod(strangePod(number))
                    .addDestinationPod(NAMESPACE + "/cart-" + number + "-")
                    .build();
        }
    };

    private static final String NAMESPACE = "shop";
    private static final String APP = "checkout";
    private static final String ADDRESS = "100.127.2.3";

    abstract FlowFilter match();

    abstract FlowFilter stranger(int number);

    private static String strangePod(int number) {
        return String.format(Locale.ROOT, "%s/checkout-%05d-", NAMESPACE, number);
    }

    /** A list of filters; if one matches, it is the last. */
    List<FlowFilter> filters(int count, boolean matching) {
        List<FlowFilter> filters = new ArrayList<>();
        for (int number = matching ? 1 : 0; number < count; number++) {
            filters.add(stranger(number));
        }
        if (matching) {
            filters.add(match());
        }
        return filters;
    }

    /** The event, with ends that the matching filters select. */
    static ExportEvent selected(ExportEvent event) {
        Flow.Builder flow = event.getFlow().toBuilder();
        flow.getIPBuilder().setSource(ADDRESS);
        rename(flow.getSourceBuilder(), APP, "checkout-7d9f8b6c5d-x2k4q");
        rename(flow.getDestinationBuilder(), "cart", "cart-5f6b7c8d9-q8z7w");
        return event.toBuilder().setFlow(flow).build();
    }

    private static void rename(Endpoint.Builder endpoint, String app, String pod) {
        List<String> labels = new ArrayList<>(endpoint.getLabelsList());
        labels.removeIf(label -> label.startsWith("k8s:app="));
        labels.add("k8s:app=" + app);
        endpoint.clearLabels().addAllLabels(labels);
        endpoint.setNamespace(NAMESPACE).setPodName(pod);
    }
}
