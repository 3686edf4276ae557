package io.github.hubbleexport;

/**
 * Host code that looks at the events that passed the filters, before they are masked and encoded, and may change or
 * stop them (upstream: {@code OnExportEvent} in {@code pkg/hubble/exporter/option.go}). Called on the thread that
 * exports, on several at once. An event costs nothing extra unless the hook asks for it.
 */
@FunctionalInterface
public interface ExportHook {

    /** How an event goes on after a hook. */
    enum Decision {
        /** To the next hook, and out. */
        CONTINUE,
        /** Nowhere: it counts as stopped. */
        STOP
    }

    /**
     * Called once for each event that passed the filters. What it throws, an error too, loses the event, which is
     * counted; other events are not affected.
     *
     * @param event the event, valid until this method returns
     * @return how it goes on
     * @throws Exception if the hook fails
     */
    Decision onEvent(HookedEvent event) throws Exception;
}
