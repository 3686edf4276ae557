package io.github.hubbleexport.agent;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes events from an input until it ends, and passes over those that cannot be read. */
final class InputPump {

    private final Consumer<UnreadableEventException> complaints;
    private final Consumer<String> teller;

    /**
     * @param complaints hear of events that cannot be read
     * @param teller hears it when the input breaks off
     */
    InputPump(Consumer<UnreadableEventException> complaints, Consumer<String> teller) {
        this.complaints = complaints;
        this.teller = teller;
    }

    /**
     * Takes everything.
     *
     * @param taker takes an event from the input; false: it wants no more
     * @return false if the input broke off
     */
    boolean run(EventInput input, Predicate<EventInput> taker) {
        try {
            while (step(input, taker)) {
                // on with the next one
            }
            return true;
        } catch (IOException e) {
            teller.accept("the input broke off: " + e.getMessage());
            return false;
        }
    }

    private boolean step(EventInput input, Predicate<EventInput> taker) throws IOException {
        try {
            return input.next() && taker.test(input);
        } catch (UnreadableEventException e) {
            complaints.accept(e);
            return true;
        }
    }
}
