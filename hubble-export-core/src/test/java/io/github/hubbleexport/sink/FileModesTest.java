package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileModesTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @ParameterizedTest
    @CsvSource({"0644,rw-r--r--", "600,rw-------", "0777,rwxrwxrwx", "000,---------", "0124,--x-w-r--"})
    void readsOctal(String octal, String symbolic) {
        assertThat(PosixFilePermissions.toString(Objects.requireNonNull(FileModes.parse(octal))))
                .isEqualTo(symbolic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "0648", "rw-r--r--", "00644", "1777", "-644", " 644"})
    void refusesTheRest(String text) {
        assertThat(FileModes.parse(text)).isNull();
    }
}
