package io.github.hubbleexport.filter;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.UndecodableEventException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Expressions of CEL over the flow: one of them has to be true, and none before it may fail. Mirrors {@code
 * pkg/hubble/filters/cel_expression.go}. What is not a flow is seen as a flow without any field, so its answer is always
 * the same and such events are not parsed.
 */
final class CelClause extends Clause {

    /** The name of the flow in expressions; {@code flow} is already that of the package. */
    static final String VARIABLE = "_flow";

    private static final int MAX_FIELD = (1 << 29) - 1;

    /** Go's nil flow reads as an empty one but equals none; the unknown field makes it so here. */
    private static final Flow NO_FLOW = Flow.newBuilder()
            .setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(
                            MAX_FIELD,
                            UnknownFieldSet.Field.newBuilder().addVarint(0).build())
                    .build())
            .build();

    private final List<String> expressions;
    private final List<Program> programs;
    private final boolean passesOthers;

    CelClause(List<String> expressions, List<Program> programs) {
        this.expressions = List.copyOf(expressions);
        this.programs = List.copyOf(programs);
        this.passesOthers = anyIsTrue(NO_FLOW);
    }

    @Override
    boolean test(ScannedEvent event) {
        if (!event.has(Slots.FLOW)) {
            return passesOthers;
        }
        try {
            return anyIsTrue(event.event().getFlow());
        } catch (InvalidProtocolBufferException e) {
            throw new UndecodableEventException(e);
        }
    }

    private boolean anyIsTrue(Flow flow) {
        Map<String, Flow> variables = Map.of(VARIABLE, flow);
        try {
            for (Program program : programs) {
                if (Boolean.TRUE.equals(program.eval(variables))) {
                    return true;
                }
            }
        } catch (CelEvaluationException | RuntimeException e) {
            // An index out of bounds, a division by zero, too many steps: Hubble takes it for a flow that does not
            // match. Which of them CEL wraps is not told, and filters must not throw.
            return false;
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Slots.FLOW);
    }

    @Override
    Cost cost() {
        return Cost.EXPRESSION;
    }

    @Override
    public String toString() {
        return "true by CEL: " + String.join(" or ", expressions);
    }
}
