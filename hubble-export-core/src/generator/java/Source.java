import java.util.List;

/** The source of one generated class, which has something for each place in an event. */
abstract class Source {

    final List<Place> places;
    final Code code = new Code();

    Source(List<Place> places) {
        this.places = places;
    }

    /** The whole text of the class. */
    abstract String text();

    /** The members of the event itself. */
    final List<Place> roots() {
        return places.stream().filter(place -> place.parent == null).toList();
    }
}
