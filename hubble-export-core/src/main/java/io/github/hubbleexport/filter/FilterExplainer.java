package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.hubbleexport.filter.Explanation.FilterResult;
import io.github.hubbleexport.filter.Explanation.Refusal;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One filter, ready to say why it did not match. Each of its fields is compiled by the same compiler, but by itself, so
 * that fields can be asked in the order of {@code flow.proto}. Immutable.
 */
final class FilterExplainer {

    private static final FieldDescriptor EXPERIMENTAL =
            FlowFilter.getDescriptor().findFieldByNumber(FlowFilter.EXPERIMENTAL_FIELD_NUMBER);
    private static final FieldDescriptor CEL = FlowFilter.Experimental.getDescriptor()
            .findFieldByNumber(FlowFilter.Experimental.CEL_EXPRESSION_FIELD_NUMBER);

    /** The one field that lies deeper than the others. */
    static final String CEL_FIELD = EXPERIMENTAL.getName() + "." + CEL.getName();

    /** One field of the filter: its name, its values for people, and a filter that has nothing else. */
    private record Field(String name, List<String> wanted, FilterProgram program) {}

    private final String path;
    private final String json;
    private final List<Field> fields;

    private FilterExplainer(String path, String json, List<Field> fields) {
        this.path = path;
        this.json = json;
        this.fields = fields;
    }

    /**
     * Prepares a filter.
     *
     * @param filter one that the compiler takes
     */
    static FilterExplainer of(FlowFilter filter, String path) {
        List<Field> fields = new ArrayList<>();
        for (FieldDescriptor field : FlowFilter.getDescriptor().getFields()) {
            if (field.isRepeated() && filter.getRepeatedFieldCount(field) > 0) {
                fields.add(field(filter, field, field.getName(), FilterText.plain(filter, field), path));
            }
        }
        FlowFilter.Experimental experimental = filter.getExperimental();
        if (experimental.getCelExpressionCount() > 0) {
            fields.add(field(filter, EXPERIMENTAL, CEL_FIELD, FilterText.plain(experimental, CEL), path));
        }
        return new FilterExplainer(path, FilterText.json(filter), List.copyOf(fields));
    }

    private static Field field(
            FlowFilter filter, FieldDescriptor field, String name, List<String> wanted, String path) {
        Message alone =
                FlowFilter.newBuilder().setField(field, filter.getField(field)).build();
        Problems problems = new Problems();
        FilterProgram program = FilterCompiler.compile((FlowFilter) alone, path, problems);
        problems.throwIfAny();
        return new Field(name, wanted, program);
    }

    void wants(BitSet slots) {
        fields.forEach(field -> field.program.wants(slots));
    }

    /**
     * What the filter says.
     *
     * @param scanned the event, with the slots of {@link #wants} filled
     * @param event the same event
     */
    FilterResult explain(ScannedEvent scanned, ExportEvent event) {
        Refusal refusal = refusal(scanned, event);
        return new FilterResult(path, json, false, refusal == null, refusal);
    }

    private @Nullable Refusal refusal(ScannedEvent scanned, ExportEvent event) {
        for (Field field : fields) {
            if (!field.program.test(scanned)) {
                return new Refusal(field.name, field.wanted, EventValues.find(field.name, event));
            }
        }
        return null;
    }
}
