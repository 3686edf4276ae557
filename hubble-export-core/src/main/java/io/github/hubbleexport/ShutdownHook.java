package io.github.hubbleexport;

/** Closes an exporter when the JVM ends, unless it is closed before. */
final class ShutdownHook {

    private final FlowExporter exporter;
    private final Thread thread;

    ShutdownHook(FlowExporter exporter) {
        this.exporter = exporter;
        this.thread = new Thread(exporter::close, "hubble-export shutdown of " + exporter.name());
    }

    /** From here on; in a JVM that is ending already the exporter is closed at once. */
    void register() {
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException ending) {
            exporter.close();
        }
    }

    /** No more. */
    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ending) {
            // The JVM is ending, and its hooks run: there is nothing to be removed any more.
            return;
        }
    }
}
