package io.github.hubbleexport.bench.rival;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/** A logger of Logback whose messages are the lines. */
final class LogbackWay implements SinkWay {

    private static final int UNTIL_EMPTY = 0;

    private final LoggerContext context = new LoggerContext();
    private final ReadyLines lines;
    private final Logger logger;

    LogbackWay(ReadyLines lines, Path file, boolean async) {
        this.lines = lines;
        // Without it every event fails, and Logback only notes that.
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.start();
        Appender<ILoggingEvent> appender = rolling(file);
        logger = context.getLogger("flows");
        logger.setAdditive(false);
        logger.addAppender(async ? behindQueue(appender) : appender);
    }

    private RollingFileAppender<ILoggingEvent> rolling(Path file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder());
        // As this library: no write for every line.
        appender.setImmediateFlush(false);
        appender.setBufferSize(FileSize.valueOf(SinkRival.BUFFER_BYTES + ""));
        appender.setTriggeringPolicy(sizeLimit());
        appender.setRollingPolicy(backups(file, appender));
        appender.start();
        return appender;
    }

    private PatternLayoutEncoder encoder() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        return encoder;
    }

    private SizeBasedTriggeringPolicy<ILoggingEvent> sizeLimit() {
        SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
        policy.setContext(context);
        policy.setMaxFileSize(FileSize.valueOf(SinkRival.MAX_FILE_MB + "MB"));
        // It looks at the file's length once a minute unless told otherwise, and would never rotate here.
        policy.setCheckIncrement(Duration.buildByMilliseconds(1));
        policy.start();
        return policy;
    }

    private FixedWindowRollingPolicy backups(Path file, RollingFileAppender<ILoggingEvent> appender) {
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%i");
        policy.setMinIndex(1);
        policy.setMaxIndex(SinkRival.MAX_BACKUPS);
        policy.start();
        return policy;
    }

    private AsyncAppender behindQueue(Appender<ILoggingEvent> appender) {
        AsyncAppender async = new AsyncAppender();
        async.setContext(context);
        async.setQueueSize(8192);
        // By default it drops what is below a warning once the queue is four fifths full.
        async.setDiscardingThreshold(0);
        async.setMaxFlushTime(UNTIL_EMPTY);
        async.addAppender(appender);
        async.start();
        return async;
    }

    @Override
    public void write(int line) {
        logger.info(lines.text(line));
    }

    @Override
    public void close() {
        context.stop();
    }
}
