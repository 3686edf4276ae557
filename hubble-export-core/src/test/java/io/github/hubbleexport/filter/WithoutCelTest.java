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

/** CEL is optional: without it other filters work, and one with an expression is refused with the artifact to add. */
class WithoutCelTest {

    private static final List<Class<?>> NEEDED =
            List.of(FlowFilters.class, FlowFilter.class, Message.class, Pattern.class, JsonFactory.class);

    @Test
    void namesTheArtifactToAdd() throws IOException, ReflectiveOperationException {
        URL[] urls = NEEDED.stream()
                .map(needed -> needed.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Method parse = loader.loadClass(FlowFilters.class.getName()).getMethod("parse", String.class, String.class);
            assertThat(parse.invoke(null, "{\"experimental\":{\"cel_expression\":[]}}", ""))
                    .isNotNull();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> parse.invoke(null, "{\"experimental\":{\"cel_expression\":[\"true\"]}}", ""))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessageContaining("allowlist[0].experimental.cel_expression")
                        .hasMessageContaining("add dev.cel:cel");
            }
        }
    }
}
