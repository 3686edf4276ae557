package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in a selector or pattern the fault is, and which names are suggested. */
class RefusalColumnsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source_label     | app in a         | column 8: expected an opening parenthesis
            node_labels      | a=b,c d          | column 7: expected an operator
            source_fqdn      | *.git hub.com    | column 6: expected letters
            destination_fqdn | '  a/b'          | column 4: expected letters
            node_name        | east/no:de       | column 8: expected letters
            node_name        | e:st/node        | column 2: expected letters
            dns_query        | ab[c             | column 3: not a regular expression of RE2: missing closing ]
            http_url         | a**              | column 2: not a regular expression of RE2: invalid nested repetition
            http_path        | x(?<n me>y)      | column 2: not a regular expression of RE2: invalid named capture
            http_path        | ab\\8            | column 3: not a regular expression of RE2: invalid escape sequence
            http_path        | a{2000}          | column 2: not a regular expression of RE2: invalid repeat count
            http_path        | (a(b)            | not a regular expression of RE2: missing closing )
            dns_query        | \\*(*)*          | not a regular expression of RE2: missing argument
            """)
    void tellsTheColumn(String field, String value, String reason) {
        String written = value.replace("\\\\", "\\");
        FlowFilter filter = FlowFilter.newBuilder()
                .addRepeatedField(FlowFilter.getDescriptor().findFieldByName(field), written)
                .build();
        Problem problem = Refusals.single(FilterText.json(filter));
        assertThat(problem.path()).isEqualTo("allowlist[0]." + field + "[0]");
        assertThat(problem.value()).isEqualTo(written);
        assertThat(problem.reason()).startsWith(reason);
    }

    @Test
    void suggestsNamesAtEveryLevel() {
        List<Problem> problems = Refusals.of(
                "{\"sorce_pod\":[]} {\"experimental\":{\"cel\":[]}} {\"tcp_flags\":[{\"SNY\":true}]}",
                "{\"verdict\":[\"FORWARD\"]} {\"traffic_direction\":[\"INGRES\"]} {\"protocol\":[\"tpc\"]}");
        assertThat(problems)
                .extracting(Problem::toString)
                .satisfiesExactly(
                        sorce -> assertThat(sorce).contains("allowlist[0].sorce_pod", "did you mean source_pod"),
                        cel -> assertThat(cel).contains("experimental.cel", "did you mean cel_expression?"),
                        flag -> assertThat(flag).contains("tcp_flags[0].SNY", "did you mean NS or SYN?"),
                        verdict -> assertThat(verdict).contains("verdict[0]", "did you mean FORWARDED?"),
                        direction -> assertThat(direction).contains("did you mean INGRESS"),
                        protocol -> assertThat(protocol).contains("protocol[0]", "did you mean tcp"));
    }
}
