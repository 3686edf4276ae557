package io.github.hubbleexport.document;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows the paths of problems into a document. */
final class NodeWay {

    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[([0-9]+)]");

    private NodeWay() {}

    static Node find(Node start, String way) {
        Node at = start;
        Matcher step = STEP.matcher(way);
        while (step.find()) {
            Node next =
                    step.group(1) == null ? element(at, Integer.parseInt(step.group(2))) : member(at, step.group(1));
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static @Nullable Node element(Node list, int index) {
        return index < list.elements().size() ? list.elements().get(index) : null;
    }

    /** Protobuf's JSON has two spellings of a name: {@code source_ip} and {@code sourceIp}. */
    private static @Nullable Node member(Node map, String name) {
        return map.members().stream()
                .filter(member -> plain(member.name()).equals(plain(name)))
                .map(Node.Member::value)
                .findFirst()
                .orElse(null);
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
