package io.github.hubbleexport.agent;

/** One event of the input cannot be read; its message says which and why. */
final class UnreadableEventException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
        super(message);
    }
}
