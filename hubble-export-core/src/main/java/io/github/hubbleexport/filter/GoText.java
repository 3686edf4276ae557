package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** What Go does with texts where Java does something else. */
final class GoText {

    private static final int CASED_I_FIRST = 0x130;
    private static final int CASED_I_LAST = 0x131;

    private static final int MAX_BYTES = 4;

    private GoText() {}

    /** {@code strings.TrimSpace}: other blanks than those of {@link String#strip()}. */
    static String trimSpace(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@code unicode.IsSpace}. */
    static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || Character.isSpaceChar(c);
    }

    /** {@code strings.ToLower}: letter by letter, independent of a locale. */
    static String toLower(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** One form for all letters that {@code strings.EqualFold} takes for equal. */
    static String fold(String text) {
        return text.codePoints()
                .map(GoText::fold)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Java's upper and lower case lead from the Turkish letters to the Latin ones; Unicode's folding does not. */
    private static int fold(int letter) {
        boolean isTurkish = letter == CASED_I_FIRST || letter == CASED_I_LAST;
        return isTurkish ? letter : Character.toLowerCase(Character.toUpperCase(letter));
    }

    /** Bytes as Go's {@code regexp} reads them: each byte that is not UTF-8 is one U+FFFD. */
    static String decode(byte[] bytes, int offset, int length) {
        String whole = valid(bytes, offset, length);
        if (whole != null) {
            return whole;
        }
        StringBuilder text = new StringBuilder();
        int end = offset + length;
        for (int position = offset; position < end; ) {
            String character = character(bytes, position, end);
            text.append(character == null ? "\uFFFD" : character);
            position += character == null ? 1 : character.getBytes(UTF_8).length;
        }
        return text.toString();
    }

    /** The character that begins here, if one does. */
    private static @Nullable String character(byte[] bytes, int position, int end) {
        for (int count = 1; count <= Math.min(MAX_BYTES, end - position); count++) {
            String character = valid(bytes, position, count);
            if (character != null) {
                return character;
            }
        }
        return null;
    }

    private static @Nullable String valid(byte[] bytes, int offset, int length) {
        try {
            ByteBuffer range = ByteBuffer.wrap(bytes, offset, length);
            return UTF_8.newDecoder().decode(range).toString();
        } catch (CharacterCodingException invalid) {
            return null;
        }
    }
}
