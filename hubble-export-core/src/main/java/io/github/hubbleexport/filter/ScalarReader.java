package io.github.hubbleexport.filter;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.re2j.Pattern;
import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads texts, booleans, enums and whole numbers by the rules of protobuf's JSON mapping. For one thread. */
final class ScalarReader {

    /** No number of a field has more digits; what has more is refused before it is written out. */
    private static final int MAX_DIGITS = 20;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?");

    private final JsonParser in;
    private final Problems problems;

    ScalarReader(JsonParser in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    /** The value at the current token, as protobuf-java wants it for the field; null after a problem. */
    @Nullable
    Object read(FieldDescriptor field, String path) throws IOException {
        return switch (field.getType()) {
            case STRING -> text(path);
            case BOOL -> bool(path);
            case ENUM -> enumValue(field.getEnumType(), path);
            case INT32 -> narrowed(integer(path, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> narrowed(integer(path, 0, 0xffffffffL));
            case UINT64 ->
                integer(
                        path,
                        BigInteger.ZERO,
                        BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE));
            default -> throw new IllegalStateException("no way to read " + field.getFullName());
        };
    }

    private static @Nullable Integer narrowed(@Nullable Long number) {
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    private @Nullable String text(String path) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            refuse(path, "expected a text");
            return null;
        }
        String text = in.getText();
        if (hasLoneSurrogate(text)) {
            refuse(path, "a text with half of a surrogate pair");
            return null;
        }
        return text;
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private @Nullable Boolean bool(String path) throws IOException {
        JsonToken token = in.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            refuse(path, "expected true or false");
            return null;
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private @Nullable EnumValueDescriptor enumValue(EnumDescriptor type, String path) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            Long number = integer(path, Integer.MIN_VALUE, Integer.MAX_VALUE);
            return number == null ? null : type.findValueByNumberCreatingIfUnknown(number.intValue());
        }
        EnumValueDescriptor value = type.findValueByName(in.getText());
        if (value == null) {
            List<String> names =
                    type.getValues().stream().map(EnumValueDescriptor::getName).toList();
            refuse(path, "no name of " + type.getName() + Nearest.hint(in.getText(), names));
            return null;
        }
        return value;
    }

    private @Nullable Long integer(String path, long least, long most) throws IOException {
        return integer(path, BigInteger.valueOf(least), BigInteger.valueOf(most));
    }

    /** A whole number, also as a text and also with a fraction of zeros or an exponent. */
    private @Nullable Long integer(String path, BigInteger least, BigInteger most) throws IOException {
        BigInteger number = isNumberOrText() && NUMBER.matches(in.getText()) ? whole(in.getText()) : null;
        boolean isMinusZero =
                number != null && number.signum() == 0 && in.getText().startsWith("-") && least.signum() == 0;
        if (number == null || isMinusZero || number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            refuse(path, "expected a whole number from " + least + " to " + most);
            return null;
        }
        return number.longValue();
    }

    private boolean isNumberOrText() {
        JsonToken token = in.currentToken();
        return token == JsonToken.VALUE_STRING || token.isNumeric();
    }

    private static @Nullable BigInteger whole(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        long digits = (long) number.precision() - number.scale();
        return number.scale() > 0 || digits > MAX_DIGITS ? null : number.toBigIntegerExact();
    }

    private void refuse(String path, String reason) throws IOException {
        JsonToken token = in.currentToken();
        String value = token.isScalarValue() ? in.getText() : "";
        String found = token == JsonToken.VALUE_STRING ? "" : ", found " + describe(token);
        JsonLocation place = in.currentTokenLocation();
        problems.add(path, value, reason + found, place.getLineNr(), place.getColumnNr());
        in.skipChildren();
    }

    /** What a token is, for people. */
    static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
