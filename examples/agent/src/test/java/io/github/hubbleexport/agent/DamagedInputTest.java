package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is damaged costs itself and nothing else; what cannot be gone on from ends the run with a word about it. */
class DamagedInputTest {

    private static final String GOOD = "{\"flow\":{\"uuid\":\"a\"},\"node_name\":\"n\"}";

    @Test
    void aDamagedMessageCostsItselfAlone() throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        event("first").writeDelimitedTo(input);
        input.write(new byte[] {3, 10, 100, 0}); // a flow of 100 bytes in an event of 3
        event("last").writeDelimitedTo(input);
        AgentRun agent = protobuf(input.toByteArray(), 1);
        assertThat(agent.eventLines())
                .containsExactly("{\"flow\":{\"uuid\":\"first\"}}", "{\"flow\":{\"uuid\":\"last\"}}");
        assertThat(agent.errLines()).contains("  lost       1 (UNDECODABLE 1)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 1300})
    void anInputThatEndsWithinAnEventCostsThatEvent(int missing) {
        byte[] all = TestData.bytes("cluster.bin");
        AgentRun agent = protobuf(Arrays.copyOf(all, all.length - missing), 1);
        assertThat(agent.eventLines()).hasSizeBetween(398, 399);
        assertThat(agent.errLines().get(0)).matches("event (399|400): the input ends .*");
        assertThat(agent.errLines()).contains("  unreadable 1");
    }

    @Test
    void anInputThatEndsWithinALengthCostsThatEvent() {
        AgentRun agent = protobuf(new byte[] {0, (byte) 0x80}, 1);
        assertThat(agent.eventLines()).hasSize(1);
        assertThat(agent.err()).contains("event 2: the input ends within its length");
    }

    @ParameterizedTest
    @CsvSource({
        "64 MiB and one byte, 81808020, 67108865 bytes",
        "the most there is, ffffffffffffffffff01, 18446744073709551615 bytes",
        "no end in sight, ffffffffffffffffffffff, more than 10 bytes"
    })
    void anAbsurdLengthEndsTheRun(String name, String hex, String told) {
        byte[] length = ByteString.fromHex(hex).toByteArray();
        byte[] input = new byte[1 + length.length];
        System.arraycopy(length, 0, input, 1, length.length);
        AgentRun agent = protobuf(input, 1);
        assertThat(agent.errLines().get(0))
                .as(name)
                .startsWith("the input broke off: event 2 has a length of ")
                .contains(told);
        assertThat(agent.eventLines()).hasSize(1);
    }

    @Test
    void aPaddedLengthIsRead() {
        AgentRun agent = protobuf(new byte[] {(byte) 0x80, (byte) 0x80, 0}, 0);
        assertThat(agent.eventLines()).containsExactly("{}");
    }

    @Test
    void anInputThatCannotBeReadOnEndsTheRun() {
        AgentRun agent = new AgentRun().stdin(new Failing(new byte[] {0}));
        assertThat(agent.run("export", "--input=-")).isEqualTo(1);
        assertThat(agent.eventLines()).containsExactly("{}");
        assertThat(agent.errLines().get(0)).isEqualTo("the input broke off: the disk is gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"flow\":{\"uuid\":\"b\"}",
                "{\"flow\":{\"uuid\":\"b\"}} {\"flow\":{\"uuid\":\"c\"}}",
                "{\"flow\":{\"uuid\":\"b\"}}]",
                "{\"flow\":{\"uuid\":\"b\",\"uuid\":\"c\"}}",
                "{\"flow\":{uuid:\"b\"}}",
                "{\"flow\":{\"uuid\":\"b\",}}",
                "{\"flow\":{\"unheard_of\":1}}",
                "{\"flow\":{\"verdict\":\"PERHAPS\"}}",
                "{\"time\":\"yesterday\"}",
                "[]",
                "null",
                "\"flow\"",
                "nonsense",
                "\u0000"
            })
    void aDamagedLineCostsItselfAlone(String line) {
        AgentRun agent = json(GOOD + "\n" + line + "\n" + GOOD + "\n", 1);
        assertThat(agent.eventLines()).containsExactly(GOOD, GOOD);
        assertThat(agent.errLines().get(0)).startsWith("line 2: ");
        assertThat(agent.errLines()).contains("3 events in 0.00 s, - a second", "  unreadable 1");
    }

    @Test
    void invalidUtf8InALineCostsItAlone() {
        byte[] input = (GOOD + "\n{\"node_name\":\"?\"}\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8);
        input[indexOf(input, (byte) '?')] = (byte) 0xFF;
        AgentRun agent = new AgentRun().stdin(input);
        assertThat(agent.run("export", "--input=-", "--input-format=json")).isEqualTo(1);
        assertThat(agent.eventLines()).containsExactly(GOOD, GOOD);
        assertThat(agent.errLines().get(0)).isEqualTo("line 2: not valid UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                GOOD + "\n",
                GOOD + "\r\n",
                "\n\n" + GOOD + "\n\n",
                "  " + GOOD + "\t\n \r\n\n",
                "\n" + GOOD
            })
    void linesMayEndAsTheyLikeAndBeEmpty(String input) {
        assertThat(json(input, 0).eventLines()).containsExactly(GOOD);
    }

    @Test
    void linesOfGetFlowsResponsesAreReadToo() {
        String line =
                "{\"lost_events\":{\"source\":\"HUBBLE_RING_BUFFER\",\"num_events_lost\":\"7\"},\"node_name\":\"n\","
                        + "\"time\":\"2026-01-01T00:00:00Z\"}";
        assertThat(json(line + "\n", 0).eventLines()).containsExactly(line);
    }

    @Test
    void complaintsAreLimitedAndTheCountIsNot() {
        AgentRun agent = json("x\n".repeat(25), 1);
        assertThat(agent.errLines())
                .filteredOn(line -> line.startsWith("line "))
                .hasSize(Complaints.EACH);
        assertThat(agent.errLines()).contains("  unreadable 25");
    }

    @ParameterizedTest
    @CsvSource({"protobuf, cluster.bin", "json, cluster.none.jsonl"})
    void inputMayTrickle(String format, String name) {
        AgentRun agent = new AgentRun().stdin(new Trickle(TestData.bytes(name)));
        assertThat(agent.run("export", "--input=-", "--input-format", format))
                .as(agent.err())
                .isZero();
        assertThat(agent.events()).isEqualTo(TestData.bytes("cluster.none.jsonl"));
    }

    @Test
    void noInputIsNoFault() {
        assertThat(json("", 0).eventLines()).isEmpty();
        assertThat(protobuf(new byte[0], 0).errLines())
                .isEqualTo(List.of("0 events in 0.00 s, - a second", "  written    0 (0 bytes, to standard output)"));
    }

    private static AgentRun protobuf(byte[] input, int exit) {
        AgentRun agent = new AgentRun().stdin(input);
        assertThat(agent.run("export", "--input=-")).as(agent.err()).isEqualTo(exit);
        return agent;
    }

    private static AgentRun json(String input, int exit) {
        AgentRun agent = new AgentRun().stdin(input);
        assertThat(agent.run("export", "--input=-", "--input-format=json"))
                .as(agent.err())
                .isEqualTo(exit);
        return agent;
    }

    private static ExportEvent event(String uuid) {
        return ExportEvent.newBuilder().setFlow(Flow.newBuilder().setUuid(uuid)).build();
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        int at = 0;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Gives a byte or a few at a time, as a pipe may. */
    private static final class Trickle extends InputStream {
        private final byte[] bytes;
        private int at;

        Trickle(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, target.length);
            int count = Math.min(Math.min(length, 1 + at % 7), bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count == 0 ? -1 : count;
        }
    }

    /** Gives what it has, and then fails. */
    private static final class Failing extends InputStream {
        private final byte[] bytes;
        private int at;

        Failing(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            if (at == bytes.length) {
                throw new IOException("the disk is gone");
            }
            return bytes[at++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
        }
    }
}
