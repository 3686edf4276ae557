package io.github.hubbleexport.config;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.sink.RotatingSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a flowlogs file (upstream: {@code FlowLogConfig} in {@code pkg/hubble/exporter/config.go}). Immutable. Two
 * are equal when they say the same, in whatever order masks and filters stand; a reload leaves an entry alone that is
 * equal to the one before.
 *
 * @param name what the entry is called; no two entries of a file may have one name
 * @param filePath the file that it writes, or {@value #STDOUT}
 * @param fieldMask paths of {@link FlowMask}; none for all fields
 * @param fieldAggregate the fields by which flows are merged; none for no merging. Not built yet: an entry that has some
 *     is refused when it is applied
 * @param aggregationInterval how long flows are merged before they are written; zero or more
 * @param includeFilters of these an event has to pass one; none for no restriction
 * @param excludeFilters of these an event must not pass any
 * @param fileMaxSizeMb the size at which the file is rotated, in MiB, at least 1
 * @param fileMaxBackups how many rotated files are kept, at least 0, which keeps all. In a file, 0 is Hubble's default of
 *     5, and {@code all} keeps all
 * @param fileCompress whether rotated files are compressed
 * @param end from when on the entry exports nothing; null: never
 */
public record FlowLogConfig(
        String name,
        String filePath,
        List<String> fieldMask,
        List<String> fieldAggregate,
        Duration aggregationInterval,
        List<FlowFilter> includeFilters,
        List<FlowFilter> excludeFilters,
        int fileMaxSizeMb,
        int fileMaxBackups,
        boolean fileCompress,
        @Nullable Instant end) {

    /** The path that stands for the standard output of the process: {@value}. */
    public static final String STDOUT = "stdout";

    /** Takes copies of the lists. Values are checked when the entry is applied. */
    public FlowLogConfig {
        requireNonNull(name, "name");
        requireNonNull(filePath, "filePath");
        requireNonNull(aggregationInterval, "aggregationInterval");
        fieldMask = List.copyOf(fieldMask);
        fieldAggregate = List.copyOf(fieldAggregate);
        includeFilters = List.copyOf(includeFilters);
        excludeFilters = List.copyOf(excludeFilters);
    }

    /**
     * Begins to describe an entry that has Hubble's defaults: every event, every field.
     *
     * @param name what it is called
     * @param filePath the file that it writes, or {@value #STDOUT}
     */
    public static Builder builder(String name, String filePath) {
        return new Builder(name, filePath);
    }

    /** Whether it writes to the standard output of the process. */
    public boolean isStdout() {
        return filePath.equals(STDOUT);
    }

    /** Whether it exports events at the time of a clock (upstream: {@code IsActive}). */
    public boolean isActive(Clock clock) {
        return end == null || end.isAfter(clock.instant());
    }

    /** Whether two entries write the same file in the same way, so that one can go on where the other ends. */
    boolean hasSameSink(FlowLogConfig other) {
        return filePath.equals(other.filePath)
                && fileMaxSizeMb == other.fileMaxSizeMb
                && fileMaxBackups == other.fileMaxBackups
                && fileCompress == other.fileCompress;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FlowLogConfig that
                && name.equals(that.name)
                && hasSameSink(that)
                && Objects.equals(end, that.end)
                && aggregationInterval.equals(that.aggregationInterval)
                && Set.copyOf(fieldMask).equals(Set.copyOf(that.fieldMask))
                && Set.copyOf(fieldAggregate).equals(Set.copyOf(that.fieldAggregate))
                && haveEqualFilters(this, that);
    }

    private static boolean haveEqualFilters(FlowLogConfig one, FlowLogConfig other) {
        return FlowFilters.areEqual(one.includeFilters, other.includeFilters)
                && FlowFilters.areEqual(one.excludeFilters, other.excludeFilters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, filePath, Set.copyOf(fieldMask), end);
    }

    /** Describes a {@link FlowLogConfig}. For one thread. */
    public static final class Builder {

        private final String name;
        private final String filePath;
        private List<String> fieldMask = List.of();
        private List<String> fieldAggregate = List.of();
        private Duration aggregationInterval = Duration.ZERO;
        private List<FlowFilter> includeFilters = List.of();
        private List<FlowFilter> excludeFilters = List.of();
        private int fileMaxSizeMb = RotatingSink.DEFAULT_MAX_FILE_SIZE_MB;
        private int fileMaxBackups = RotatingSink.DEFAULT_MAX_BACKUPS;
        private boolean fileCompress;
        private @Nullable Instant end;

        private Builder(String name, String filePath) {
            this.name = requireNonNull(name, "name");
            this.filePath = requireNonNull(filePath, "filePath");
        }

        /** Paths of {@link FlowMask}; none for all fields. */
        public Builder fieldMask(List<String> paths) {
            fieldMask = List.copyOf(paths);
            return this;
        }

        /** The fields by which flows are merged; none for no merging. */
        public Builder fieldAggregate(List<String> paths) {
            fieldAggregate = List.copyOf(paths);
            return this;
        }

        /** How long flows are merged before they are written. */
        public Builder aggregationInterval(Duration interval) {
            aggregationInterval = requireNonNull(interval, "interval");
            return this;
        }

        /** Of these an event has to pass one; none for no restriction. */
        public Builder includeFilters(List<FlowFilter> filters) {
            includeFilters = List.copyOf(filters);
            return this;
        }

        /** Of these an event must not pass any. */
        public Builder excludeFilters(List<FlowFilter> filters) {
            excludeFilters = List.copyOf(filters);
            return this;
        }

        /** The size at which the file is rotated, in MiB; {@value RotatingSink#DEFAULT_MAX_FILE_SIZE_MB} if not said. */
        public Builder fileMaxSizeMb(int mebibytes) {
            fileMaxSizeMb = mebibytes;
            return this;
        }

        /** How many rotated files are kept, 0 for all; {@value RotatingSink#DEFAULT_MAX_BACKUPS} if not said. */
        public Builder fileMaxBackups(int backups) {
            fileMaxBackups = backups;
            return this;
        }

        /** Whether rotated files are compressed; not if not said. */
        public Builder fileCompress(boolean compress) {
            fileCompress = compress;
            return this;
        }

        /** From when on the entry exports nothing; never if not said. */
        public Builder end(Instant moment) {
            end = requireNonNull(moment, "moment");
            return this;
        }

        /** The entry; nothing of it has been checked. */
        public FlowLogConfig build() {
            return new FlowLogConfig(
                    name,
                    filePath,
                    fieldMask,
                    fieldAggregate,
                    aggregationInterval,
                    includeFilters,
                    excludeFilters,
                    fileMaxSizeMb,
                    fileMaxBackups,
                    fileCompress,
                    end);
        }
    }
}
