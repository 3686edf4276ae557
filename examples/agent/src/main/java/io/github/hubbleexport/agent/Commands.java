package io.github.hubbleexport.agent;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands and gives them the host; picocli makes whatever else it asks for. */
final class Commands implements IFactory {

    private final Host host;

    Commands(Host host) {
        this.host = host;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ExportCommand.class) {
            return type.cast(new ExportCommand(host));
        }
        if (type == RunCommand.class) {
            return type.cast(new RunCommand(host));
        }
        if (type == DemoCommand.class) {
            return type.cast(new DemoCommand(host));
        }
        if (type == FiltersCommand.class) {
            return type.cast(new FiltersCommand(host));
        }
        if (type == MaskCommand.class) {
            return type.cast(new MaskCommand(host));
        }
        if (type == CheckCommand.class) {
            return type.cast(new CheckCommand(host));
        }
        return type == AgentVersion.class
                ? type.cast(new AgentVersion())
                : CommandLine.defaultFactory().create(type);
    }
}
