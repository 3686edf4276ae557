package io.github.hubbleexport.filter;

import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.problem.Problems;
import java.util.List;
import java.util.Map;

/**
 * The YAML document that {@code hubble observe --print-raw-filters} prints: lists of JSON texts by name. Only here and in
 * {@link YamlLists} anything is known of YAML, so that core works without its optional reader.
 */
record FilterDocument(Map<String, List<String>> lists) {

    private static final List<String> NAMES = List.of(FilterList.ALLOW, FilterList.DENY);
    private static final String NEITHER =
            "neither JSON objects nor a YAML document with the keys " + FilterList.ALLOW + " and " + FilterList.DENY;

    static FilterDocument read(String text, String path, Problems problems) {
        try {
            FilterDocument document = new FilterDocument(YamlLists.read(text));
            document.checkNames(path, problems);
            return document;
        } catch (YamlLists.MalformedException e) {
            problems.add(path, text.strip(), NEITHER + ": " + e.getMessage());
        } catch (NoClassDefFoundError e) {
            problems.add(path, text.strip(), NEITHER + "; to read YAML, add org.yaml:snakeyaml to the class path");
        }
        return new FilterDocument(Map.of());
    }

    private void checkNames(String path, Problems problems) {
        for (String name : lists.keySet()) {
            if (!NAMES.contains(name)) {
                problems.add(path, name, "unknown key in the YAML document" + Nearest.hint(name, NAMES));
            }
        }
    }

    List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }
}
