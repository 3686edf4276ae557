package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class NumbersTest {

    @Test
    @ResourceLock(Resources.LOCALE)
    void areAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Numbers.grouped(1_234_567)).isEqualTo("1,234,567");
            assertThat(Numbers.seconds(TimeUnit.MILLISECONDS.toNanos(1234))).isEqualTo("1.23");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void nounsAgree() {
        assertThat(Numbers.counted(0, "rotation")).isEqualTo("0 rotations");
        assertThat(Numbers.counted(1, "rotation")).isEqualTo("1 rotation");
        assertThat(Numbers.counted(2000, "rotation")).isEqualTo("2,000 rotations");
    }

    @Test
    void nothingIsDividedByZero() {
        assertThat(Numbers.rate(5, 0)).isEqualTo("-");
        assertThat(Numbers.percent(5, 0)).isEqualTo("-");
    }

    @Test
    void ratesAndPartsAreRounded() {
        assertThat(Numbers.rate(3000, TimeUnit.SECONDS.toNanos(2))).isEqualTo("1,500");
        assertThat(Numbers.percent(1, 3)).isEqualTo("33 %");
    }
}
