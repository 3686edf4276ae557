package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.bench.rival.JsonValues;
import io.github.hubbleexport.bench.rival.PlainJava;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.Engine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From wire bytes to lines, under masks of few and many paths. */
public class MaskBenchmark extends EventBenchmark {

    /** Asks for a path to every field that is no message. */
    public static final String ALL = "all";

    private static final int COMPARED = 200;

    /** How many paths the mask has, taken evenly from all; or {@value #ALL}. */
    @Param({"1", "4", "16", "64", ALL})
    public String paths = ALL;

    private @Nullable WireEvents events;
    private @Nullable FlowExporter exporter;

    /** Builds the exporter, and proves that it prints what a flow that is masked as an object has. */
    @Setup(Level.Trial)
    public void open() throws InvalidProtocolBufferException {
        events = Corpus.events();
        List<String> mask = paths.equals(ALL) ? allPaths() : somePaths(Integer.parseInt(paths));
        compare(mask, events);
        exporter = new ExporterBuilder().fieldMask(mask).sink(new DropSink()).build();
    }

    private static List<String> somePaths(int count) {
        List<String> all = allPaths();
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get(i * all.size() / count));
        }
        return some;
    }

    /** A path to every field of a flow that is no message. */
    public static List<String> allPaths() {
        List<String> all = new ArrayList<>();
        addPaths("", Flow.getDescriptor(), all);
        return all;
    }

    /** Masks end at repeated messages and at those of Google, which are values to them. */
    private static void addPaths(String prefix, Descriptor type, List<String> paths) {
        for (FieldDescriptor field : type.getFields()) {
            boolean goesOn = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.isRepeated()
                    && !field.getMessageType().getFullName().startsWith("google.protobuf.");
            if (goesOn) {
                addPaths(prefix + field.getName() + ".", field.getMessageType(), paths);
            } else {
                paths.add(prefix + field.getName());
            }
        }
    }

    private static void compare(List<String> paths, WireEvents events) throws InvalidProtocolBufferException {
        FieldMask mask = FieldMask.newBuilder().addAllPaths(paths).build();
        Engine masking = new Engine(FlowMask.of(paths));
        Engine full = new Engine(FlowMask.all());
        for (int i = 0; i < Math.min(COMPARED, events.count()); i++) {
            byte[] event = events.copy(i);
            String expected = requireNonNull(full.line(PlainJava.masked(ExportEvent.parseFrom(event), mask)));
            String line = requireNonNull(masking.line(event));
            if (!JsonValues.same(expected, line)) {
                throw new IllegalStateException("printed " + line + " instead of " + expected);
            }
        }
    }

    /** Closes the exporter. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(exporter).close();
    }

    /** One event. */
    @Benchmark
    public ExportOutcome export() {
        WireEvents all = requireNonNull(events);
        int event = next(all.count());
        return requireNonNull(exporter).export(all.bytes(), all.offset(event), all.length(event));
    }
}
