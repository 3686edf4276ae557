/** The messages of the Hubble API. */
module io.github.hubbleexport.proto {
    requires transitive com.google.protobuf;

    exports io.github.hubbleexport.proto.flow;
    exports io.github.hubbleexport.proto.observer;
    exports io.github.hubbleexport.proto.relay;
}
