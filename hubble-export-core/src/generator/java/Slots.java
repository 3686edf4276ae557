import java.util.List;
import java.util.stream.Collectors;

/**
 * How the code of one message tells which of its members are there: in the bits of an {@code int} if their slots lie close
 * enough together, because its bits are tested with one instruction; otherwise in the words of the event's own set.
 */
abstract class Slots {

    final List<Place> members;

    private Slots(List<Place> members) {
        this.members = members;
    }

    static Slots of(List<Place> members) {
        int first = members.stream().mapToInt(member -> member.slot).min().orElse(0);
        boolean near = members.stream().allMatch(member -> member.slot - first < Integer.SIZE);
        return near ? new Near(first, members) : new Far(members);
    }

    /** The variables that have the bits, each with its type before it. */
    abstract List<String> variables();

    /** A condition: one of these members is there. */
    abstract String any(List<Place> some);

    /** A condition: all of these members are there. */
    final String all(List<Place> some) {
        return some.stream().map(this::has).collect(Collectors.joining(" && "));
    }

    /** A statement: a member is there. */
    abstract String set(Place member);

    /** Asks the printer which of these members are printed. */
    abstract List<String> readPrinted(List<Place> some);

    /** Adds the members that are there to those of the event. */
    abstract List<String> store();

    final String has(Place member) {
        return any(List.of(member));
    }

    /** The names of the variables. */
    final List<String> names() {
        return variables().stream()
                .map(variable -> variable.substring(variable.indexOf(' ') + 1))
                .toList();
    }

    private static final class Near extends Slots {

        private final int first;

        Near(int first, List<Place> members) {
            super(members);
            this.first = first;
        }

        @Override
        List<String> variables() {
            return List.of("int p");
        }

        @Override
        String any(List<Place> some) {
            return "(p & " + bits(some) + ") != 0";
        }

        @Override
        String set(Place member) {
            return "p |= " + bits(List.of(member)) + ";";
        }

        private String bits(List<Place> some) {
            int bits = 0;
            for (Place place : some) {
                bits |= 1 << (place.slot - first);
            }
            return "0x" + Integer.toHexString(bits);
        }

        @Override
        List<String> readPrinted(List<Place> some) {
            String low = "to.printed[" + word() + "] >>> " + first % Long.SIZE;
            String high = "to.printed[" + (word() + 1) + "] << " + (Long.SIZE - first % Long.SIZE);
            return List.of("int p = (int) (" + (isInTwoWords() ? low + " | " + high : low) + ");");
        }

        @Override
        List<String> store() {
            String low = "event.present[" + word() + "] |= (p & 0xffffffffL) << " + first % Long.SIZE + ";";
            String high = "event.present[" + (word() + 1) + "] |= (p & 0xffffffffL) >>> "
                    + (Long.SIZE - first % Long.SIZE) + ";";
            return isInTwoWords() ? List.of(low, high) : List.of(low);
        }

        private int word() {
            return first / Long.SIZE;
        }

        private boolean isInTwoWords() {
            return members.stream().anyMatch(member -> member.word() != word());
        }
    }

    private static final class Far extends Slots {

        Far(List<Place> members) {
            super(members);
        }

        @Override
        List<String> variables() {
            return Place.words(members).stream().map(word -> "long p" + word).toList();
        }

        @Override
        String any(List<Place> some) {
            return Place.words(some).stream()
                    .map(word -> "(p" + word + " & " + Place.bits(bits(some, word)) + ")")
                    .collect(Collectors.joining(" | ", "(", ") != 0"));
        }

        @Override
        String set(Place member) {
            return "p" + member.word() + " |= " + member.bit() + ";";
        }

        @Override
        List<String> readPrinted(List<Place> some) {
            return Place.words(some).stream()
                    .map(word -> "long p" + word + " = to.printed[" + word + "];")
                    .toList();
        }

        @Override
        List<String> store() {
            return Place.words(members).stream()
                    .map(word -> "event.present[" + word + "] |= p" + word + ";")
                    .toList();
        }

        private static long bits(List<Place> places, int word) {
            return places.stream()
                    .filter(place -> place.word() == word)
                    .mapToLong(place -> 1L << place.slot)
                    .reduce(0, (one, other) -> one | other);
        }
    }
}
