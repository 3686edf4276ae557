package io.github.hubbleexport.encode;

import java.util.BitSet;

/** An encoder compiled for one configuration. Immutable, shared by all threads. */
public interface EncodePlan {

    /** The slots of an event that are read. */
    BitSet wantedSlots();

    /** Scratch for one thread at a time. */
    RecordWriter newWriter();
}
