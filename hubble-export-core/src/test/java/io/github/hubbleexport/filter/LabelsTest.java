package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of selectors, and how labels are found. */
class LabelsTest {

    private static boolean selects(String selector, String... labels) {
        ExportEvent event = ExportEvent.newBuilder()
                .setFlow(Flow.newBuilder().setSource(Endpoint.newBuilder().addAllLabels(Arrays.asList(labels))))
                .build();
        return Events.pass("source_label", selector, event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app             | k8s:app=web         | true",
                "app             | k8s:app             | true",
                "app             | k8s:other=app       | false",
                "!app            | k8s:app=web         | false",
                "! app           | k8s:other           | true",
                "app=web         | k8s:app=web         | true",
                "app==web        | k8s:app=web         | true",
                "app = web       | k8s:app=web         | true",
                "app=            | k8s:app             | true",
                "app=,x          | k8s:app=web         | false",
                "app!=web        | k8s:other           | true",
                "app!=           | k8s:app             | false",
                "app in(web)     | k8s:app=web         | true",
                "app in (a,web)  | k8s:app=web         | true",
                "app in (,web)   | k8s:app             | true",
                "app in (web,)   | k8s:app             | true",
                "app in (a,,b)   | k8s:app             | true",
                "app in ()       | k8s:app             | true",
                "app in ()       | k8s:other           | false",
                "app notin ()    | k8s:other           | true",
                "app notin (web) | k8s:app=web         | false",
                "in in (in)      | k8s:in=in           | true",
                "notin=notin     | k8s:notin=notin     | true",
                "k8s:app         | k8s:app=web         | true",
                "k8s:app         | any:app=web         | false",
                "any:app         | k8s:app=web         | true",
                "k8s.app         | k8s:app=web         | false",
                "k8s.app         | x:k8s.app           | true",
                "unspec:app      | app=web             | true",
                "app             | :app=web            | true",
                "reserved:host   | reserved:host       | true",
                "reserved:host   | $host               | true",
                "reserved:host   | reserved.host       | true",
                "reserved:host   | reserved:=host      | true",
                "reserved:host   | k8s:host            | false",
                "host            | $host               | true",
                "a/b             | k8s:a/b=c           | true",
                "a.b/c=d         | k8s:a.b/c=d         | true",
                "a:b.c           | a:b.c=d:e=f         | true",
                "w>5             | k8s:w=6             | true",
                "w>5             | k8s:w=5             | false",
                "w<5             | k8s:w=-6            | true",
                "w<5             | k8s:w=+4            | true",
                "w<5             | k8s:w=x             | false",
                "w<5             | k8s:w               | false",
                "w<5             | k8s:other           | false",
                "w<0             | k8s:w=-9223372036854775808 | true",
                "w<0             | k8s:w=-9223372036854775809 | false",
                "w>0             | k8s:w=9223372036854775807  | true",
                "w>0             | k8s:w=9223372036854775808  | false",
                "w>0             | k8s:w=-             | false",
                "cidr:10.0.0.0/8 | cidr:10.0.0.0/8     | true",
                "cidr:10.0.0.0/8 | cidr:10.1.0.0/16    | true",
                "cidr:10.0.0.0/8 | cidr:10.1.2.3/32    | true",
                "cidr:10.1.0.0/16| cidr:10.0.0.0/8     | false",
                "cidr:10.0.0.0/8 | k8s:10.1.0.0/16     | false",
                "cidr:10.0.0.0/8 | cidr:fd00--/16      | false",
                "cidr:0.0.0.0/0  | cidr:0--0/0         | false",
                "cidr:0--0/0     | cidr:10.0.0.0/8     | false",
                "cidr:0--0/0     | cidr:fd00--1/128    | true",
                "10.0.0.0/8      | cidr:10.1.0.0/16    | false",
                "cidr:fd00--0/16 | cidr:fd00--1/128    | true",
            })
    void selects(String selector, String label, boolean expected) {
        assertThat(selects(selector, "k8s:first=1", label, "k8s:last=1")).isEqualTo(expected);
    }

    @Test
    void theFirstLabelWithTheKeyDecides() {
        assertThat(selects("app=web", "k8s:app=web", "any:app=db")).isTrue();
        assertThat(selects("app=db", "k8s:app=web", "any:app=db")).isFalse();
        assertThat(selects("any:app=db", "k8s:app=web", "any:app=db")).isFalse();
        assertThat(selects("app!=db", "k8s:app=web", "k8s:app=db")).isTrue();
    }

    /** Of all lengths around eight bytes, and with signs of meaning in every place. */
    @ParameterizedTest
    @ValueSource(longs = {91, 92, 93})
    void findsTheKeysThatTheNaiveSelectorFinds(long seed) {
        Random random = new Random(seed);
        int selected = 0;
        for (int i = 0; i < 5_000; i++) {
            List<String> labels = new ArrayList<>();
            for (int label = random.nextInt(4); label >= 0; label--) {
                labels.add(oddLabel(random));
            }
            String key = random.nextBoolean() ? name(random) : "k8s:" + name(random);
            String selector =
                    key + List.of("", "=" + name(random), "!=" + name(random)).get(random.nextInt(3));
            boolean expected = NaiveSelector.anyMatches(List.of(selector), labels);
            assertThat(selects(selector, labels.toArray(String[]::new)))
                    .as("%s among %s, seed %s", selector, labels, seed)
                    .isEqualTo(expected);
            selected += expected && !selector.contains("!") ? 1 : 0;
        }
        assertThat(selected).isGreaterThan(100);
    }

    /** Few letters and few lengths, so that names meet again. */
    private static String name(Random random) {
        return "a".repeat(1 + random.nextInt(17));
    }

    private static String oddLabel(Random random) {
        String source = List.of("k8s:", "any:", "", "$", ":", "reserved:", "reserved.", "averylongsource:")
                .get(random.nextInt(8));
        StringBuilder label = new StringBuilder(source).append(name(random));
        if (random.nextBoolean()) {
            label.append('=').append(name(random));
        }
        if (random.nextInt(4) == 0) {
            label.insert(random.nextInt(label.length() + 1), "=:.$\u00e9".charAt(random.nextInt(5)));
        }
        return label.toString();
    }

    @Test
    void allRequirementsAndAnySelector() {
        assertThat(selects("app=web,tier in (a,b),!gone", "k8s:app=web", "k8s:tier=b"))
                .isTrue();
        assertThat(selects("app=web,tier in (a,b),!gone", "k8s:app=web", "k8s:tier=b", "k8s:gone"))
                .isFalse();
        assertThat(selects("", "k8s:app=web")).isTrue();
        assertThat(selects("")).isTrue();
        assertThat(Events.pass("destination_label", "!app", Events.event("{\"lost_events\":{}}")))
                .isTrue();
        assertThat(Events.pass("node_labels", "app", Events.event("{\"lost_events\":{}}")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                ",",
                "app,",
                ",app",
                "app,,tier",
                "a b",
                "a = b c",
                "app=x=y",
                "app in",
                "app in x",
                "app in (x",
                "app in x)",
                "app in (x y)",
                "app in (x,(y))",
                "app in (x))",
                "app notin",
                "(app)",
                "!",
                "!!app",
                "!app=x",
                "!app in (x)",
                "=",
                "=x",
                "app=-x",
                "app=x-",
                "app=é",
                "app=a/b",
                "app=$x",
                "a/b/c",
                "/a",
                "a/",
                "é",
                "a$b",
                "a.",
                "k8s:",
                ":a",
                "a:b:c",
                "app gt 5",
                "app>x",
                "app>",
                "app<5.5",
                "app>-5",
                "app>1,app<",
                "app>99999999999999999999",
                "UPPER/x=y",
                "-a/b",
                "app===x",
                "app=!x",
                "app(x",
                "app>b:c",
                "k8s:-bad/x",
                "k8s:a/b:c",
            })
    void refuses(String selector) {
        Problem problem = Refusals.single("{\"source_label\":[\"ok\",\"" + selector + "\"]}");
        assertThat(problem.path()).isEqualTo("allowlist[0].source_label[1]");
        assertThat(problem.reason()).matches("column [0-9]+: .*(expected|stands|has at most).*");
    }

    @Test
    void limitsTheLengthOfNamesAndValues() {
        // The source counts as part of the name, as it does upstream.
        assertThat(selects("k8s:" + "a".repeat(59), "k8s:" + "a".repeat(59))).isTrue();
        assertThat(selects("a=" + "b".repeat(63), "k8s:a=" + "b".repeat(63))).isTrue();
        assertThat(selects("a".repeat(249) + "/b", "k8s:" + "a".repeat(249) + "/b"))
                .isTrue();
        for (String selector : List.of("k8s:" + "a".repeat(60), "a=" + "b".repeat(64), "a".repeat(250) + "/b")) {
            assertThat(Refusals.single("{\"source_label\":[\"" + selector + "\"]}")
                            .reason())
                    .matches("column [13]: a .* has at most 63.*|column 1: .*stands a domain.*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=x=y                 | 6  | expected a comma or the end, found \"=\"",
                "k8s:app in (a b)        | 15 | expected a comma or a closing parenthesis, found \"b\"",
                "app=x, tier ! y         | 13 | expected an operator (=, ==, !=, in, notin, <, >), a comma or the end, found \"!\"",
                "app in (a               | 10 | expected a comma or a closing parenthesis, found the end",
                "a,b,!                   | 6  | a key has at most",
                "app=a,tier=-x           | 12 | a value has at most",
            })
    void saysWhereAndWhatWasExpected(String selector, int column, String reason) {
        assertThat(Refusals.single("{\"source_label\":[\"" + selector + "\"]}").reason())
                .startsWith("column " + column + ": " + reason);
    }

    @Test
    void aSelectorOfAMegabyteIsReadInOneGo() {
        String selector = "app in (" + "value,".repeat(200_000) + "web)";
        assertThat(selects(selector, "k8s:app=web")).isTrue();
        assertThat(selects("app,".repeat(200_000) + "app", "k8s:app=web")).isTrue();
    }
}
