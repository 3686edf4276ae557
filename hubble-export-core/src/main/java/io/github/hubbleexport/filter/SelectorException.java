package io.github.hubbleexport.filter;

/** A text that is no label selector. */
final class SelectorException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong.
     *
     * @param column where, from 1
     */
    SelectorException(int column, String reason) {
        super("column " + column + ": " + reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
