package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LineBatchTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @Test
    void holdsWhatWasAppended() {
        LineBatch batch = new LineBatch(0);
        byte[] bytes = "..one\n..".getBytes(UTF_8);
        batch.append(bytes, 2, 4);
        bytes[2] = 'X';
        assertThat(batch).hasToString("one\n");
        assertThat(batch.lines()).isEqualTo(1);
        assertThat(batch.length()).isEqualTo(4);
        assertThat(batch.isEmpty()).isFalse();
    }

    @Test
    void knowsWhereLinesEndHoweverMany() {
        List<String> lines = Lines.random(7, 1_000, 90);
        LineBatch batch = Lines.batch(lines);
        int start = batch.offset();
        for (int i = 0; i < lines.size(); i++) {
            String line = new String(batch.bytes(), start, batch.lineEnd(i) - start, UTF_8);
            assertThat(line).isEqualTo(lines.get(i) + "\n");
            start = batch.lineEnd(i);
        }
        assertThat(start).isEqualTo(batch.offset() + batch.length());
    }

    @Test
    void everyRestIsTheLinesFromThere() {
        LineBatch batch = Lines.batch("zero", "one", "two");
        assertThat(batch.from(0)).hasToString("zero\none\ntwo\n");
        assertThat(batch.from(1)).hasToString("one\ntwo\n");
        assertThat(batch.from(1).from(1)).hasToString("two\n");
        assertThat(batch.from(3).isEmpty()).isTrue();
        LineBatch rest = batch.from(1);
        assertThat(rest.lines()).isEqualTo(2);
        assertThat(rest.lineEnd(1)).isEqualTo(batch.lineEnd(2));
        assertThat(rest.offset()).isEqualTo(batch.lineEnd(0));
    }

    @Test
    void clearKeepsNothing() {
        LineBatch batch = Lines.batch("one", "two");
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.length()).isZero();
        assertThat(batch).hasToString("");
    }

    @Test
    void refusesWhatMakesNoSense() {
        LineBatch batch = Lines.batch("one");
        assertThatIllegalArgumentException().isThrownBy(() -> new LineBatch(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> batch.append(new byte[1], 0, 0));
        assertThatThrownBy(() -> batch.append(new byte[1], 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.lineEnd(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.from(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalStateException().isThrownBy(() -> batch.from(0).clear());
        assertThatIllegalStateException().isThrownBy(() -> batch.from(0).append(new byte[1], 0, 1));
        assertThat(batch).hasToString("one\n");
    }
}
