package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and prefixes as Go's {@code net/netip} reads them. */
class IpAddressesTest {

    private static ExportEvent from(String address) {
        return Events.flow("\"IP\":{\"source\":\"" + address + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "fe80::1%eth0",
                "fe80::1%eth0%x",
                "::ffff:1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4",
                "::1.2.3.4",
                "ABCD::ef",
                "1::2:1.2.3.4",
                "0001::",
            })
    void takesAddresses(String address) {
        assertThat(Events.pass("source_ip", address, from(address))).isTrue();
        assertThat(Events.pass("source_ip", address, from(address + "1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 10.0.0.1",
                "10.0.0.1 ",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3",
                "1..2.3",
                "256.0.0.1",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.4%eth0",
                "1.2.3.4567",
                "a.b.c.d",
                "localhost",
                "1",
                ":",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "1:",
                ":1",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1.2.3.4::",
                "::1.2.3",
                "::01.2.3.4",
                "::1.2.3.4:5",
                "fe80::1%",
                "::%",
                "%eth0",
                "\u0661.2.3.4",
                "1:2:3:4:5:6:7:",
                "::ffff:1.2.3.4.5",
                "1:2:3:4:5:1.2.3.4",
            })
    void refusesWhatIsNoAddress(String address) {
        assertThat(Refusals.single("{\"source_ip\":[\"" + address + "\"]}").path())
                .isEqualTo("allowlist[0].source_ip[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/00",
                "10.0.0.0/8 ", "10.0.0.0/8/8", "::/129", "::/1234", "fe80::%eth0/64", "10.0.0/8", "::g/8",
                        "10.0.0.0/\u0668",
            })
    void refusesWhatIsNoPrefix(String prefix) {
        assertThat(Refusals.single("{\"destination_ip\":[\"10.0.0.1\",\"" + prefix + "\"]}")
                        .path())
                .isEqualTo("allowlist[0].destination_ip[1]");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "255.255.255.255/32, 255.255.255.255, true",
        "128.0.0.0/1, 200.0.0.1, true",
        "128.0.0.0/1, 127.0.0.1, false",
        "10.0.0.0/8, 010.0.0.1, false",
        "10.0.0.0/8, not an address, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, false",
        "::ffff:0:0/96, ::ffff:10.0.0.1, true",
        "::ffff:0:0/96, 10.0.0.1, false",
        "::/0, fe80::1%eth0, false",
        "::/0, fe80::1, true",
        "fd00::/8, FDFF:ffff::1, true",
        "fd00::/8, fe00::, false",
        "1:2:3:4::/64, 1:2:3:4:ffff:ffff:ffff:ffff, true",
        "1:2:3:4::/64, 1:2:3:5::, false",
        "1:2:3:4:8000::/65, 1:2:3:4:8000::1, true",
        "1:2:3:4:8000::/65, 1:2:3:4:7fff::, false",
        "::1/128, 0:0:0:0:0:0:0:1, true",
        "::1/128, ::2, false",
        "ffff::/16, ffff:8000::, true",
    })
    void comparesLeadingBits(String prefix, String address, boolean isIn) {
        assertThat(Events.pass("source_ip", prefix, from(address))).isEqualTo(isIn);
    }

    @Test
    void addressesAreComparedAsTheyAreWritten() {
        assertThat(Events.pass("source_ip", "fd00::1", from("FD00::1"))).isFalse();
        assertThat(Events.pass("source_ip", "fd00::1", from("fd00:0::1"))).isFalse();
        assertThat(Events.pass("source_ip", "0.0.0.0/0", from(""))).isFalse();
    }

    @Test
    void readsTheBitsOfIpv6() {
        assertThat(bits("1:2:3:4:5:6:7:8")).containsExactly(0x0001_0002_0003_0004L, 0x0005_0006_0007_0008L);
        assertThat(bits("1::8")).containsExactly(0x0001_0000_0000_0000L, 8L);
        assertThat(bits("::")).containsExactly(0L, 0L);
        assertThat(bits("1:2:3:4:5:6:7::")).containsExactly(0x0001_0002_0003_0004L, 0x0005_0006_0007_0000L);
        assertThat(bits("1:2:3:4:5::")).containsExactly(0x0001_0002_0003_0004L, 0x0005_0000_0000_0000L);
        assertThat(bits("::2:3:4:5:6:7:8")).containsExactly(0x0000_0002_0003_0004L, 0x0005_0006_0007_0008L);
        assertThat(bits("1::3:4:5:6:7:8")).containsExactly(0x0001_0000_0003_0004L, 0x0005_0006_0007_0008L);
        assertThat(bits("a::1.2.3.4")).containsExactly(0x000a_0000_0000_0000L, 0x0102_0304L);
    }

    private static List<Long> bits(String address) {
        byte[] bytes = address.getBytes(UTF_8);
        Ipv6Reader reader = new Ipv6Reader(bytes, 0, bytes.length);
        assertThat(reader.read()).isTrue();
        return List.of(reader.upper(), reader.lower());
    }

    /** Nested and repeated prefixes in any order become the same set as asking each of them. */
    @Test
    void manyPrefixesDecideAsEachOfThem() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            List<String> prefixes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                prefixes.add(address(random) + "/" + random.nextInt(33));
            }
            prefixes.removeIf(prefix -> prefix.endsWith("/0") || prefix.endsWith("/1") || prefix.endsWith("/2"));
            String filter = "{\"source_ip\":[\"" + String.join("\",\"", prefixes) + "\"]}";
            Scans scans = new Scans(FlowFilters.parse(filter, ""));
            for (int i = 0; i < 100; i++) {
                String address = address(random);
                boolean expected = prefixes.stream().anyMatch(prefix -> NaiveAddress.isIn(address, prefix));
                assertThat(scans.pass(from(address)))
                        .as(address + " in " + prefixes)
                        .isEqualTo(expected);
            }
        }
    }

    private static String address(Random random) {
        return random.nextInt(256) + "." + random.nextInt(4) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }
}
