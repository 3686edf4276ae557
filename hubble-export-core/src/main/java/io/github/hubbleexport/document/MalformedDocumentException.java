package io.github.hubbleexport.document;

/** A text that is no document. */
public final class MalformedDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    MalformedDocumentException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** The line, from 1; 0 when it is not known. */
    public int line() {
        return line;
    }

    /** The column, from 1; 0 when it is not known. */
    public int column() {
        return column;
    }
}
