package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.List;

/** One field of one filter while it is compiled: its values, and where to say what is wrong with them. */
final class FieldScope {

    private final FlowFilter filter;
    private final FieldDescriptor field;
    private final String path;
    private final Problems problems;
    private boolean isRefused;

    FieldScope(FlowFilter filter, FieldDescriptor field, String path, Problems problems) {
        this.filter = filter;
        this.field = field;
        this.path = path;
        this.problems = problems;
    }

    /** The filter around the field, for rules that tie fields together. */
    FlowFilter filter() {
        return filter;
    }

    /** The values of a repeated text. */
    @SuppressWarnings("unchecked") // what getField promises for a repeated string
    List<String> texts() {
        return (List<String>) filter.getField(field);
    }

    /** The values of a repeated number. */
    @SuppressWarnings("unchecked") // what getField promises for a repeated integer
    List<Number> numbers() {
        return (List<Number>) filter.getField(field);
    }

    /** The numbers of a repeated enum, also of those without a name. */
    @SuppressWarnings("unchecked") // what getField promises for a repeated enum
    List<Integer> enums() {
        List<EnumValueDescriptor> values = (List<EnumValueDescriptor>) filter.getField(field);
        return values.stream().map(EnumValueDescriptor::getNumber).toList();
    }

    /** The values of a repeated boolean, as 0 and 1. */
    @SuppressWarnings("unchecked") // what getField promises for a repeated bool
    List<Integer> booleans() {
        List<Boolean> values = (List<Boolean>) filter.getField(field);
        return values.stream().map(value -> value ? 1 : 0).toList();
    }

    /** Refuses one value. */
    void refuse(int index, String value, String reason) {
        isRefused = true;
        problems.add(path + "[" + index + "]", value, reason);
    }

    /** Refuses the field as a whole. */
    void refuse(String reason) {
        isRefused = true;
        problems.add(path, "", reason);
    }

    /** Whether anything was refused: the clause will not run. */
    boolean isRefused() {
        return isRefused;
    }
}
