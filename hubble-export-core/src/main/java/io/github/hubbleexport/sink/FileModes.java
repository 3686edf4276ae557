package io.github.hubbleexport.sink;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** File modes as people write them: {@code 0644}. */
final class FileModes {

    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");

    /** From the highest bit, the owner's read, to the lowest: that is how the constants are declared. */
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private FileModes() {}

    /** Null if the text is no mode. */
    static @Nullable Set<PosixFilePermission> parse(String text) {
        return OCTAL.matcher(text).matches() ? ofBits(Integer.parseInt(text, 8)) : null;
    }

    private static Set<PosixFilePermission> ofBits(int bits) {
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((bits >> (BITS.length - 1 - bit) & 1) != 0) {
                mode.add(BITS[bit]);
            }
        }
        return mode;
    }
}
