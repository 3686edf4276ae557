package io.github.hubbleexport.bench.rival;

import java.util.ArrayList;
import java.util.List;

/** The ways from an event to a line that are compared. */
public enum Rival {
    /** This library, from wire bytes. */
    WIRE {
        @Override
        public EventWay open(Configuration configuration, WireEvents events) {
            return new WireWay(configuration, events);
        }
    },
    /** This library, from messages that were parsed before. */
    MESSAGE {
        @Override
        public EventWay open(Configuration configuration, WireEvents events) {
            return new MessageWay(configuration, events);
        }
    },
    /** From wire bytes: protobuf-java's parse, a filter in plain Java, FieldMaskUtil and JsonFormat. */
    OBVIOUS {
        @Override
        public EventWay open(Configuration configuration, WireEvents events) {
            return new ObviousWay(configuration, events);
        }
    },
    /** JsonFormat alone, from messages that were parsed before; knows neither filters nor masks. */
    JSON_FORMAT {
        @Override
        public EventWay open(Configuration configuration, WireEvents events) {
            return new JsonFormatWay(configuration, events);
        }

        @Override
        public boolean knows(Configuration configuration) {
            return configuration == Configuration.NONE;
        }
    },
    /** From wire bytes: protobuf-java's parse, a filter in plain Java, FieldMaskUtil, and Jackson's generator. */
    JACKSON {
        @Override
        public EventWay open(Configuration configuration, WireEvents events) {
            return new JacksonWay(configuration, events);
        }
    };

    /**
     * Opens the way.
     *
     * @param configuration one that it {@link #knows}
     * @param events what is fed, or made into what is fed now
     */
    public abstract EventWay open(Configuration configuration, WireEvents events);

    /**
     * Opens the way and lets it take all events again and again for about two seconds. The JVM compiles what was called
     * often enough, one method after the other, and a few iterations to warm up are not enough for that on a busy machine.
     */
    public EventWay openWarm(Configuration configuration, WireEvents events) {
        EventWay way = open(configuration, events);
        int done = 0;
        for (int pass = 0; pass < warmPasses(); pass++) {
            for (int event = 0; event < events.count(); event++) {
                done |= way.export(event);
            }
        }
        if (done == 0 && configuration != Configuration.REJECTED) {
            throw new IllegalStateException(this + " has written nothing");
        }
        return way;
    }

    private int warmPasses() {
        return switch (this) {
            case WIRE -> 40;
            case MESSAGE -> 15;
            default -> 4;
        };
    }

    /** Whether it can do what the configuration asks for. */
    public boolean knows(Configuration configuration) {
        return true;
    }

    /**
     * Whether a line says the same as Hubble's own: to the byte for this library; as JSON values for the others, because
     * JsonFormat has another order and other escapes, and leaves out empty messages under a mask.
     */
    boolean agrees(String expected, String line) {
        if (this == WIRE || this == MESSAGE || line.isEmpty() || expected.isEmpty()) {
            return line.equals(expected);
        }
        return JsonValues.same(expected, line);
    }

    /**
     * Proves on the 400 events of the conformance data that this way gives Hubble's own lines.
     *
     * @throws IllegalStateException if it does not: then its time would mean nothing
     */
    public void check(Configuration configuration) {
        WireEvents events = WireEvents.ofConformance();
        try (EventWay way = open(configuration, events)) {
            check(way, events.count(), configuration.expectedLines());
        }
    }

    void check(EventWay way, int events, List<String> expected) {
        List<String> lines = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            String line = way.line(event);
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        if (lines.size() != expected.size()) {
            throw new IllegalStateException(this + " printed " + lines.size() + " lines instead of " + expected.size());
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!agrees(expected.get(i), lines.get(i))) {
                throw new IllegalStateException(this + " printed " + lines.get(i) + " instead of " + expected.get(i));
            }
        }
    }
}
