package io.github.hubbleexport.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Keeps log lines for a test to read. */
public final class MemoryLog implements System.Logger {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    public List<String> lines() {
        return lines;
    }

    @Override
    public String getName() {
        return "memory";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        lines.add(message + " " + thrown);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object... values) {
        lines.add(String.valueOf(format));
    }
}
