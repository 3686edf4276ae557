package io.github.hubbleexport.agent;

import picocli.CommandLine.IVersionProvider;

/** The version of the build, from the jar's manifest. */
final class AgentVersion implements IVersionProvider {

    AgentVersion() {}

    @Override
    public String[] getVersion() {
        String version = AgentVersion.class.getPackage().getImplementationVersion();
        return new String[] {"hubble-export-agent " + (version == null ? "(not from a jar)" : version)};
    }
}
