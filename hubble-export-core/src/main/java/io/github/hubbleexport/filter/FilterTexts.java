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
            filters.addAll(FlowFilterParser.parseList(text, name, problems));
            return;
        }
        FilterDocument document = FilterDocument.read(text, name, problems);
        filters.addAll(elements(document.list(name), name, problems));
        List<String> ofOther = document.list(otherName);
        if (others != null) {
            others.addAll(elements(ofOther, otherName, problems));
        } else if (!ofOther.isEmpty()) {
            problems.add(name, "", "holds a " + otherName + ", too, but the " + otherName + " is given elsewhere");
        }
    }

    private static List<FlowFilter> elements(List<String> texts, String name, Problems problems) {
        List<FlowFilter> filters = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            filters.add(FlowFilterParser.parseOne(texts.get(i), name + "[" + i + "]", problems));
        }
        return filters;
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
}
