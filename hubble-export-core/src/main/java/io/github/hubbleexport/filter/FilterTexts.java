package io.github.hubbleexport.filter;

import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both lists of filters, read from texts in any of their forms. */
record FilterTexts(List<FlowFilter> allow, List<FlowFilter> deny) {

    /**
     * Reads an allow list and a deny list.
     *
     * @param problems takes what is wrong; filters keep their place in the lists all the same
     */
    static FilterTexts read(String allow, String deny, Problems problems) {
        List<FlowFilter> allowed = new ArrayList<>();
        List<FlowFilter> denied = new ArrayList<>();
        read(FilterList.ALLOW, allow, allowed, FilterList.DENY, deny.isBlank() ? denied : null, problems);
        read(FilterList.DENY, deny, denied, FilterList.ALLOW, allow.isBlank() ? allowed : null, problems);
        return new FilterTexts(List.copyOf(allowed), List.copyOf(denied));
    }

    /** Reads one list from a text that may not hold the other, and adds what it finds behind what is there. */
    static void readInto(List<FlowFilter> filters, String name, String text, Problems problems) {
        String otherName = name.equals(FilterList.ALLOW) ? FilterList.DENY : FilterList.ALLOW;
        read(name, text, filters, otherName, null, problems);
    }

    private static void read(
            String name,
            String text,
            List<FlowFilter> filters,
            String otherName,
            @Nullable List<FlowFilter> others,
            Problems problems) {
        String start = text.stripLeading();
        if (start.isEmpty()) {
            return;
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            FlowFilterParser.parseList(text, name, filters, problems);
            return;
        }
        FilterDocument document = FilterDocument.read(text, name, problems);
        parse(document.list(name), name, filters, problems);
        List<String> ofOther = document.list(otherName);
        if (others != null) {
            parse(ofOther, otherName, others, problems);
        } else if (!ofOther.isEmpty()) {
            problems.add(name, "", "also holds the " + otherName + ", which is to be given elsewhere");
        }
    }

    private static void parse(List<String> texts, String name, List<FlowFilter> filters, Problems problems) {
        for (String text : texts) {
            filters.add(FlowFilterParser.parseOne(text, name + "[" + filters.size() + "]", problems));
        }
    }

    /** Both lists as a YAML document of the form that {@link #read} takes. */
    static String yaml(List<FlowFilter> allow, List<FlowFilter> deny) {
        return list(FilterList.ALLOW, allow) + list(FilterList.DENY, deny);
    }

    private static String list(String name, List<FlowFilter> filters) {
        if (filters.isEmpty()) {
            return name + ": []\n";
        }
        StringBuilder out = new StringBuilder(name).append(":\n");
        for (FlowFilter filter : filters) {
            String quoted = FilterText.json(filter).replace("'", "''");
            out.append("- '").append(quoted).append("'\n");
        }
        return out.toString();
    }

    /** Predicates as comments of such a document. */
    static String comments(String name, List<NamedPredicate> predicates) {
        StringBuilder out = new StringBuilder();
        for (NamedPredicate predicate : predicates) {
            out.append("# ").append(name).append(", in Java: ");
            out.append(FilterText.quoted(predicate.name())).append('\n');
        }
        return out.toString();
    }
}
