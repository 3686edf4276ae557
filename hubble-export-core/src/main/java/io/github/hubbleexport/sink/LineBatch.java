package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Whole lines, handed over together. The exporter owns one and fills it again and again: a sink may read it only until
 * its {@code write} returns, and must not change it. Not safe for use by several threads at once.
 *
 * <p>A line is whatever one {@link #append} brought, its newline included. Encoders that separate records in another
 * way (by lengths, for example) put one record where a line would be.
 */
public final class LineBatch {

    private static final int FIRST_LINES = 64;

    private final boolean view;
    private final int firstLine;
    private final int offset;
    private byte[] bytes;
    private int end;
    private int[] lineEnds;
    private int lineCount;

    /**
     * Makes an empty batch that grows as needed.
     *
     * @param capacity bytes to begin with, at least 0
     * @throws IllegalArgumentException if the capacity is negative
     */
    public LineBatch(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity is negative: " + capacity);
        }
        view = false;
        firstLine = 0;
        offset = 0;
        bytes = new byte[capacity];
        lineEnds = new int[FIRST_LINES];
    }

    private LineBatch(LineBatch whole, int line) {
        view = true;
        firstLine = whole.firstLine + line;
        offset = whole.lineStart(line);
        bytes = whole.bytes;
        end = whole.end;
        lineEnds = whole.lineEnds;
        lineCount = whole.lineCount - line;
    }

    /**
     * The array that holds the lines, between {@link #offset} and {@code offset() + length()}; the rest of it means
     * nothing. Owned by the batch: read only, and only until {@code write} returns.
     */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the first line begins in {@link #bytes}. */
    public int offset() {
        return offset;
    }

    /** Bytes of all lines together. */
    public int length() {
        return end - offset;
    }

    /** Number of lines. */
    public int lines() {
        return lineCount;
    }

    /**
     * The offset in {@link #bytes} just behind the last byte of a line.
     *
     * @param line 0 for the first
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public int lineEnd(int line) {
        Objects.checkIndex(line, lineCount);
        return lineEnds[firstLine + line];
    }

    /**
     * The offset in {@link #bytes} of a line's first byte.
     *
     * @param line 0 for the first; {@code lines()} gives the end of all
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public int lineStart(int line) {
        return line == 0 ? offset : lineEnd(line - 1);
    }

    /**
     * Adds one whole line, copying it.
     *
     * @throws IllegalArgumentException if the line has no byte
     * @throws IllegalStateException if this batch is a view made by {@link #from}
     */
    public void append(byte[] line, int lineOffset, int length) {
        requireNonNull(line, "line");
        Objects.checkFromIndexSize(lineOffset, length, line.length);
        requireOwner();
        if (length == 0) {
            throw new IllegalArgumentException("a line without a byte");
        }
        reserve(length);
        System.arraycopy(line, lineOffset, bytes, end, length);
        end += length;
        lineEnds[lineCount++] = end;
    }

    /**
     * Forgets all lines and keeps the memory.
     *
     * @throws IllegalStateException if this batch is a view made by {@link #from}
     */
    public void clear() {
        requireOwner();
        end = 0;
        lineCount = 0;
    }

    /** Whether there is no line. */
    public boolean isEmpty() {
        return lineCount == 0;
    }

    /**
     * The lines from one on, as a view of the same bytes: what is left to do after a {@link PartialWriteException}. It
     * cannot be appended to, and is valid as long as the lines of this batch are.
     *
     * @param line 0 for all lines, {@code lines()} for none
     * @throws IndexOutOfBoundsException if the number is below 0 or above {@code lines()}
     */
    public LineBatch from(int line) {
        Objects.checkFromToIndex(line, lineCount, lineCount);
        return new LineBatch(this, line);
    }

    /** The lines as text, read as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, offset, length(), StandardCharsets.UTF_8);
    }

    private void requireOwner() {
        if (view) {
            throw new IllegalStateException("a view of a batch cannot be changed");
        }
    }

    private void reserve(int length) {
        int needed = Math.addExact(end, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, needed));
        }
        if (lineCount == lineEnds.length) {
            lineEnds = Arrays.copyOf(lineEnds, grown(lineCount, lineCount + 1));
        }
    }

    private static int grown(int capacity, int needed) {
        return Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, capacity * 2L));
    }
}
