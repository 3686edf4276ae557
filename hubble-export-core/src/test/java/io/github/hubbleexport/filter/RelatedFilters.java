package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lists of up to 40 valid filters of which many have the same fields, the same values, or are the same. */
final class RelatedFilters {

    private static final int MOST = 40;

    private final Random random;
    private final RandomFilters filters;

    RelatedFilters(long seed) {
        this.random = new Random(seed);
        this.filters = new RandomFilters(seed + 1);
    }

    List<FlowFilter> list() {
        // Short lists are more frequent than long ones.
        int count = 1 + random.nextInt(1 + random.nextInt(MOST));
        List<FlowFilter> list = new ArrayList<>();
        List<FieldDescriptor> shape = shape();
        while (list.size() < count) {
            switch (random.nextInt(8)) {
                case 0 -> list.add(filters.filter());
                case 1 -> list.add(list.isEmpty() ? filters.filter() : oneOf(list));
                case 2 -> list.add(list.isEmpty() ? filters.filter(shape) : related(oneOf(list)));
                case 3 -> shape = shape();
                default -> list.add(filters.filter(shape));
            }
        }
        return list;
    }

    /** One to three fields, mostly of those that tests are looked up under. */
    private List<FieldDescriptor> shape() {
        List<FieldDescriptor> shape = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            List<FieldDescriptor> fields = random.nextInt(4) == 0
                    ? RandomFilters.FIELDS
                    : IndexedField.all().stream().map(IndexedField::field).toList();
            shape.add(oneOf(fields));
        }
        return shape;
    }

    /** A filter with other values in one field. */
    private FlowFilter related(FlowFilter filter) {
        List<FieldDescriptor> fields = filter.getAllFields().keySet().stream().toList();
        FieldDescriptor field = oneOf(fields);
        FlowFilter.Builder related = filter.toBuilder().clearField(field);
        return RandomFilters.valid(related.mergeFrom(filters.filter(List.of(field))));
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
