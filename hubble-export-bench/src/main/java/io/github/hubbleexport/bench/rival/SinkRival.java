package io.github.hubbleexport.bench.rival;

import java.nio.file.Path;

/**
 * The ways from a line to a file. All rotate at {@value #MAX_FILE_MB} MiB, keep {@value #MAX_BACKUPS} backups, gather
 * writes in a buffer of {@value #BUFFER_BYTES} bytes and leave it to the system when bytes reach the disk.
 */
public enum SinkRival {
    /** RotatingSink of this library, each line handed over as the exporter does, by the caller's thread. */
    ROTATING_SINK {
        @Override
        public SinkWay open(ReadyLines lines, Path file) {
            return new DeliveryWay(lines, file, false);
        }
    },
    /** The same, behind the exporter's queue. */
    ROTATING_SINK_QUEUED {
        @Override
        public SinkWay open(ReadyLines lines, Path file) {
            return new DeliveryWay(lines, file, true);
        }
    },
    /** Logback's RollingFileAppender. */
    LOGBACK {
        @Override
        public SinkWay open(ReadyLines lines, Path file) {
            return new LogbackWay(lines, file, false);
        }
    },
    /** The same behind Logback's AsyncAppender. */
    LOGBACK_ASYNC {
        @Override
        public SinkWay open(ReadyLines lines, Path file) {
            return new LogbackWay(lines, file, true);
        }
    },
    /** Log4j2's RollingRandomAccessFile. */
    LOG4J2 {
        @Override
        public SinkWay open(ReadyLines lines, Path file) {
            return new Log4jWay(lines, file, false);
        }
    },
    /** The same behind Log4j2's asynchronous loggers. */
    LOG4J2_ASYNC {
        @Override
        public SinkWay open(ReadyLines lines, Path file) {
            return new Log4jWay(lines, file, true);
        }
    };

    /** The size at which a file is rotated, in MiB. */
    public static final int MAX_FILE_MB = 10;

    /** How many rotated files are kept. */
    public static final int MAX_BACKUPS = 5;

    static final int BUFFER_BYTES = 256 * 1024;

    /** Whether it is of this library. */
    public boolean isOurs() {
        return this == ROTATING_SINK || this == ROTATING_SINK_QUEUED;
    }

    /**
     * Opens the way.
     *
     * @param lines the lines that will be written
     * @param file the file to write to, whose backups come beside it
     */
    public abstract SinkWay open(ReadyLines lines, Path file);
}
