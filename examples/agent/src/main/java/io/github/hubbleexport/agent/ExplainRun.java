package io.github.hubbleexport.agent;

import io.github.hubbleexport.filter.Explanation;
import io.github.hubbleexport.filter.FlowFilters;
import java.io.IOException;

/** Explains what filters do to each event of one input. Events that cannot be read are told of and passed over. */
final class ExplainRun {

    private final FlowFilters filters;
    private final boolean asJson;
    private final Host host;
    private long events;
    private boolean failed;

    ExplainRun(FlowFilters filters, boolean asJson, Host host) {
        this.filters = filters;
        this.asJson = asJson;
        this.host = host;
    }

    /** Explains everything; returns the exit code. */
    int run(EventInput input) {
        try {
            while (step(input)) {
                host.out().flush();
            }
        } catch (IOException e) {
            complain("the input broke off: " + e.getMessage());
        }
        host.out().flush();
        return failed ? HubbleExportAgent.SOME_FAILED : HubbleExportAgent.DONE;
    }

    private boolean step(EventInput input) throws IOException {
        try {
            events++;
            if (!input.next()) {
                return false;
            }
            print(filters.explain(input.event()));
        } catch (UnreadableEventException e) {
            complain(String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void print(Explanation explanation) {
        host.out().println(asJson ? json(explanation) : text(explanation));
    }

    private String json(Explanation explanation) {
        return "{\"event\":" + events + ",\"explanation\":" + explanation.toJson() + "}";
    }

    private String text(Explanation explanation) {
        return "event " + events + " (" + explanation.eventKind() + ") " + explanation;
    }

    private void complain(String message) {
        failed = true;
        host.out().flush();
        host.err().println(message);
        host.err().flush();
    }
}
