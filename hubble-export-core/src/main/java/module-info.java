/** Filters, field masks, encoders, sinks and the exporter of Hubble's flows. */
module io.github.hubbleexport.core {
    requires transitive io.github.hubbleexport.proto;
    requires transitive com.google.protobuf;
    requires com.fasterxml.jackson.databind;
    requires re2j;
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;
    requires static micrometer.core;
    requires static org.yaml.snakeyaml;

    exports io.github.hubbleexport;
    exports io.github.hubbleexport.config;
    exports io.github.hubbleexport.encode;
    exports io.github.hubbleexport.filter;
    exports io.github.hubbleexport.mask;
    exports io.github.hubbleexport.micrometer;
    exports io.github.hubbleexport.problem;
    exports io.github.hubbleexport.sink;
    exports io.github.hubbleexport.stats;
}
