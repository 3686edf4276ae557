package io.github.hubbleexport.encode;

import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.wire.EventSchema;
import io.github.hubbleexport.wire.SchemaField;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON lines compiled for one mask: which slots are printed, and as what. Immutable. */
final class JsonPlan implements EncodePlan {

    private static final EventSchema SCHEMA = EventSchema.get();
    private static final SchemaField FLOW = SCHEMA.field("flow");
    static final int FLOW_SLOT = FLOW.slot();

    static final Fragment FALSE = new Fragment("false,");
    static final Fragment TRUE = new Fragment("true,");

    /** The envelope's own fields: nothing of it is masked. */
    private static final List<SchemaField> ENVELOPE = List.of(SCHEMA.field("node_name"), SCHEMA.field("time"));

    /** Lists that stay the same as long as a pod, a node or a policy does. */
    private static final Set<String> RECURRING = Set.of(
            "flow.source.labels",
            "flow.source.workloads",
            "flow.destination.labels",
            "flow.destination.workloads",
            "flow.node_labels",
            "flow.egress_allowed_by",
            "flow.ingress_allowed_by",
            "flow.egress_denied_by",
            "flow.ingress_denied_by");

    /** By slot; what a field looks like depends on no mask. */
    private static final JsonField[] FIELDS = allFields();

    private static final int FIXED_BYTES_OF_FIELDS =
            Arrays.stream(FIELDS).mapToInt(JsonField::fixedBytes).sum();

    private final BitSet emitted = new BitSet();
    private final BitSet forced = new BitSet();

    /** By the slot of a oneof's member: what is forced only when the event has that member. */
    private final Map<Integer, BitSet> forcedBelow = new TreeMap<>();

    private final FlowMask mask;
    private final @Nullable String nodeName;
    private final int fixedBytes;

    JsonPlan(FlowMask mask, @Nullable String nodeName) {
        this.mask = mask;
        this.nodeName = nodeName;
        emitted.set(0, FIELDS.length);
        if (!mask.isAll()) {
            emitted.clear(FLOW_SLOT + 1, FLOW.subtreeEnd());
            mask.paths().forEach(path -> emit(SCHEMA.field("flow." + path)));
        }
        this.fixedBytes =
                FIXED_BYTES_OF_FIELDS + 64 + (nodeName == null ? 0 : JsonText.MAX_GROWTH * 4 * nodeName.length());
    }

    private static JsonField[] allFields() {
        JsonField[] fields = new JsonField[SCHEMA.size()];
        for (int slot = 0; slot < fields.length; slot++) {
            SchemaField field = SCHEMA.field(slot);
            fields[slot] = new JsonField(field, RECURRING.contains(field.path()));
        }
        return fields;
    }

    private void emit(SchemaField field) {
        emitted.set(field.slot(), field.subtreeEnd());
        for (SchemaField at = field.parent(); at != null && at != FLOW; at = at.parent()) {
            emitted.set(at.slot());
            // Readers rely on the objects on the way to a masked field; but a member of a oneof excludes the others.
            if (!at.isOneofMember()) {
                force(at);
            }
        }
    }

    private void force(SchemaField message) {
        SchemaField member = message.parent();
        while (member != null && member != FLOW && !member.isOneofMember()) {
            member = member.parent();
        }
        if (member == null || member == FLOW) {
            forced.set(message.slot());
        } else {
            forcedBelow.computeIfAbsent(member.slot(), slot -> new BitSet()).set(message.slot());
        }
    }

    /** Whether the envelope of a flow repeats what is left of the flow's own time and node name. */
    boolean envelopeFollowsFlow(boolean bareFlow) {
        return bareFlow || !mask.isAll();
    }

    /** The name to print for an event without one; null: none. */
    @Nullable
    String nodeName() {
        return nodeName;
    }

    /** Whether a flow's node name may be seen at all. */
    boolean emitsFlowNodeName() {
        return emitted.get(SCHEMA.field("flow.node_name").slot());
    }

    /** The most bytes that all members of an event take together, apart from text and elements. */
    int fixedBytesOfEvent() {
        return fixedBytes;
    }

    JsonField[] fields() {
        return FIELDS;
    }

    long[] emittedWords() {
        return words(emitted);
    }

    long[] forcedWords() {
        return words(forced);
    }

    /** The members of oneofs below which messages are forced, in ascending order. */
    int[] gates() {
        return forcedBelow.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** What is forced below each of the {@link #gates}. */
    long[][] forcedWordsBelow() {
        return forcedBelow.values().stream().map(JsonPlan::words).toArray(long[][]::new);
    }

    private static long[] words(BitSet set) {
        return Arrays.copyOf(set.toLongArray(), SCHEMA.size() / Long.SIZE + 1);
    }

    @Override
    public BitSet wantedSlots() {
        BitSet wanted = (BitSet) emitted.clone();
        ENVELOPE.forEach(field -> wanted.set(field.slot(), field.subtreeEnd()));
        return wanted;
    }

    @Override
    public RecordWriter newWriter() {
        return new JsonWriter(this);
    }

    @Override
    public String toString() {
        return "JSON lines of " + mask;
    }
}
