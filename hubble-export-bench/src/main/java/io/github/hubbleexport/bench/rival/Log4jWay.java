package io.github.hubbleexport.bench.rival;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** A logger of Log4j2 whose messages are the lines. */
final class Log4jWay implements SinkWay {

    private static final long STOP_SECONDS = 60;

    private final ReadyLines lines;
    private final LoggerContext context;
    private final Logger logger;

    Log4jWay(ReadyLines lines, Path file, boolean async) {
        this.lines = lines;
        context = async ? new AsyncLoggerContext("flows") : new LoggerContext("flows");
        context.start(configuration(file));
        logger = context.getLogger("flows");
    }

    private static BuiltConfiguration configuration(Path file) {
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        return builder.setStatusLevel(Level.ERROR)
                .add(rolling(builder, file))
                .add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file")))
                .build(false);
    }

    private static AppenderComponentBuilder rolling(ConfigurationBuilder<BuiltConfiguration> builder, Path file) {
        ComponentBuilder<?> sizeLimit =
                builder.newComponent("SizeBasedTriggeringPolicy").addAttribute("size", SinkRival.MAX_FILE_MB + "MB");
        ComponentBuilder<?> backups =
                builder.newComponent("DefaultRolloverStrategy").addAttribute("max", SinkRival.MAX_BACKUPS);
        return builder.newAppender("file", "RollingRandomAccessFile")
                .addAttribute("fileName", file.toString())
                .addAttribute("filePattern", file + ".%i")
                // As this library: no write for every line.
                .addAttribute("immediateFlush", false)
                .addAttribute("bufferSize", SinkRival.BUFFER_BYTES)
                .add(builder.newLayout("PatternLayout").addAttribute("pattern", "%m%n"))
                .addComponent(builder.newComponent("Policies").addComponent(sizeLimit))
                .addComponent(backups);
    }

    @Override
    public void write(int line) {
        logger.info(lines.text(line));
    }

    @Override
    public void close() {
        if (!context.stop(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Log4j2 has not stopped");
        }
    }
}
