package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reader of YAML is optional: without it JSON works, and YAML is refused with the artifact to add. */
class WithoutYamlTest {

    private static final List<Class<?>> NEEDED =
            List.of(FlowFilters.class, FlowFilter.class, Message.class, Pattern.class, JsonFactory.class);

    @Test
    void namesTheArtifactToAdd() throws IOException, ReflectiveOperationException {
        URL[] urls = NEEDED.stream()
                .map(needed -> needed.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Method parse = loader.loadClass(FlowFilters.class.getName()).getMethod("parse", String.class, String.class);
            assertThat(parse.invoke(null, "{\"verdict\":[2]}", "")).hasToString("""
                    allowlist:
                    - '{"verdict":["DROPPED"]}'
                    denylist: []
                    """);
            assertThatThrownBy(() -> parse.invoke(null, "allowlist: ['{}']", ""))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("add org.yaml:snakeyaml");
        }
    }
}
