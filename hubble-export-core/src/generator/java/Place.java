import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A place in an event where a value can stand; its number is that of {@code EventSchema}. */
final class Place {

    final int slot;
    final FieldDescriptor field;
    final String path;
    final Place parent;
    final List<Place> children = new ArrayList<>();

    private Place(int slot, FieldDescriptor field, Place parent) {
        this.slot = slot;
        this.field = field;
        this.parent = parent;
        this.path = parent == null ? field.getName() : parent.path + "." + field.getName();
    }

    static Place add(FieldDescriptor field, Place parent, List<Place> all) {
        Place place = new Place(all.size(), field, parent);
        all.add(place);
        if (place.isMessage()) {
            for (FieldDescriptor child : field.getMessageType().getFields()) {
                place.children.add(add(child, place, all));
            }
        }
        return place;
    }

    /** Whether it is part of an element of a list, of which there is more than one. */
    boolean isInElement() {
        return parent != null && (parent.field.isRepeated() || parent.isInElement());
    }

    boolean isMessage() {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    boolean isText() {
        return field.getJavaType() == FieldDescriptor.JavaType.STRING
                || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
    }

    /** Members of a message that JSON prints as such, not as a number or a time. */
    boolean isObject() {
        return isMessage() && !field.getMessageType().getFullName().startsWith("google.protobuf.");
    }

    int tag() {
        return field.getNumber() << 3 | (isMessage() || isText() ? 2 : 0);
    }

    int word() {
        return slot / Long.SIZE;
    }

    String bit() {
        return bits(1L << slot);
    }

    String method() {
        return path.replace('.', '_');
    }

    static String bits(long bits) {
        return "0x" + Long.toHexString(bits) + "L";
    }

    /** The other members of its oneof. */
    List<Place> rivals(List<Place> siblings) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        return siblings.stream()
                .filter(place -> oneof != null && place != this && oneof.equals(place.field.getRealContainingOneof()))
                .toList();
    }

    static Set<Integer> words(List<Place> places) {
        Set<Integer> words = new TreeSet<>();
        places.forEach(place -> words.add(place.word()));
        return words;
    }
}
