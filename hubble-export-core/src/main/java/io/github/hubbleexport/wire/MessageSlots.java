package io.github.hubbleexport.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.observer.GetFlowsResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Takes what is wanted of a message into the slots of an event, and its texts into bytes of its own: to write the whole message
 * as wire bytes and to scan them would cost more. Lists alone look as on the wire, since their elements are found one after
 * the other. {@link MessageScanner} says what is where. For one thread at a time.
 */
final class MessageSlots {

    private static final EventSchema SCHEMA = EventSchema.get();
    private static final int INITIAL_BYTES = 4096;
    private static final int MOST_SPARE_BYTES = 1 << 26;

    /** The most bytes of a tag and a length. */
    private static final int MAX_HEAD = 10;

    /** The set of wanted slots, 64 to a word. */
    long[] wanted = {};

    private final long[] values;
    private final int[] lastEnds;
    private final long[] present;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    MessageSlots(ScannedEvent event) {
        values = event.values;
        lastEnds = event.lastEnds;
        present = event.present;
    }

    /** Takes a message. The slots are empty before. */
    void take(MessageLite message, ScanPlan plan) {
        wanted = plan.wantedWords();
        length = 0;
        if (message instanceof ExportEvent event) {
            MessageScanner.event(this, event);
        } else if (message instanceof Flow flow) {
            message(ScannedEvent.FLOW_SLOT);
            MessageScanner.flow(this, flow);
        } else {
            MessageScanner.event(this, (GetFlowsResponse) message);
        }
    }

    /** The texts and lists, with {@link ScannedEvent#SLACK} bytes behind the last. */
    byte[] bytes() {
        return bytes;
    }

    /** How many of the bytes count. */
    int length() {
        return length;
    }

    void message(int slot) {
        present[slot >>> 6] |= 1L << slot;
    }

    /** A number, which is not there if it is 0. */
    void number(int slot, long number) {
        if (number != 0) {
            values[slot] = number;
            present[slot >>> 6] |= 1L << slot;
        }
    }

    /** A text, which is not there if it is empty. */
    void text(int slot, String text) {
        if (!text.isEmpty()) {
            int start = length;
            room(text.length());
            if (!appendAscii(text)) {
                append(text.getBytes(StandardCharsets.UTF_8));
            }
            place(slot, start);
        }
    }

    void text(int slot, ByteString text) {
        if (!text.isEmpty()) {
            int start = length;
            room(text.size());
            text.copyTo(bytes, start);
            length += text.size();
            place(slot, start);
        }
    }

    void texts(int slot, List<String> texts) {
        // Their lengths are looked at first: then the memory of all of them is on its way before that of the first is
        // needed.
        int chars = 0;
        for (int i = 0; i < texts.size(); i++) {
            chars += texts.get(i).length();
        }
        room(chars + MAX_HEAD * texts.size());
        for (int i = 0; i < texts.size(); i++) {
            int start = element(slot, texts.get(i));
            if (i == 0) {
                place(slot, start);
            }
        }
        lastEnds[slot] = length;
    }

    void messages(int slot, List<? extends MessageLite> messages) {
        for (int i = 0; i < messages.size(); i++) {
            int start = element(slot, messages.get(i));
            if (i == 0) {
                place(slot, start);
            }
        }
        lastEnds[slot] = length;
    }

    /** Returns where the text begins, after its tag and length. */
    private int element(int slot, String text) {
        int before = length;
        int start = head(slot, text.length());
        if (!appendAscii(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            length = before;
            start = head(slot, utf8.length);
            append(utf8);
        }
        return start;
    }

    private int element(int slot, MessageLite message) {
        int size = message.getSerializedSize();
        int start = head(slot, size);
        room(size);
        try {
            message.writeTo(CodedOutputStream.newInstance(bytes, start, size));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to an array of the right size", e);
        }
        length += size;
        return start;
    }

    /** Returns where the element begins. */
    private int head(int slot, int size) {
        room(MAX_HEAD);
        varint(SCHEMA.tag(slot));
        varint(size);
        return length;
    }

    private void varint(int number) {
        int rest = number;
        while (rest > 0x7f) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** What was appended from {@code start} on is the value of a slot. */
    private void place(int slot, int start) {
        values[slot] = WireFields.pack(length, length - start);
        present[slot >>> 6] |= 1L << slot;
    }

    /** Appends a text for which there is room; false: it is not ASCII, and nothing was appended. */
    private boolean appendAscii(String text) {
        byte[] to = bytes;
        int at = length;
        int count = text.length();
        int all = 0;
        int done = 0;
        // Within the loop over a list, JDK 25 keeps the variables of a loop over single characters in memory, and takes
        // twice as long.
        for (; done <= count - 8; done += 8) {
            all |= copyEight(text, done, to, at + done);
        }
        for (; done < count; done++) {
            char c = text.charAt(done);
            all |= c;
            to[at + done] = (byte) c;
        }
        if (all > 0x7f) {
            return false;
        }
        length = at + count;
        return true;
    }

    /** Returns the bits that any of the characters has. */
    private static int copyEight(String text, int from, byte[] to, int at) {
        char a = text.charAt(from);
        char b = text.charAt(from + 1);
        char c = text.charAt(from + 2);
        char d = text.charAt(from + 3);
        char e = text.charAt(from + 4);
        char f = text.charAt(from + 5);
        char g = text.charAt(from + 6);
        char h = text.charAt(from + 7);
        to[at] = (byte) a;
        to[at + 1] = (byte) b;
        to[at + 2] = (byte) c;
        to[at + 3] = (byte) d;
        to[at + 4] = (byte) e;
        to[at + 5] = (byte) f;
        to[at + 6] = (byte) g;
        to[at + 7] = (byte) h;
        return a | b | c | d | e | f | g | h;
    }

    private void append(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void room(int more) {
        int needed = Math.addExact(length, Math.addExact(more, ScannedEvent.SLACK));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(2 * bytes.length, MOST_SPARE_BYTES)));
        }
    }
}
