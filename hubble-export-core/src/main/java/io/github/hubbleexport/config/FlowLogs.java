package io.github.hubbleexport.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a flowlogs file (upstream: {@code DynamicExportersConfig} in {@code pkg/hubble/exporter/config.go}), as
 * YAML or JSON with the key {@code flowLogs}. YAML is read as Hubble reads it and needs {@code org.yaml:snakeyaml} on the
 * class path; JSON needs nothing. Immutable.
 *
 * <p>A file is refused as a whole for what is wrong with its form: unknown keys, values of another type, entries without
 * name or path, two of one name or one file. A filter or a mask that does not compile costs its own entry only, when the
 * file is applied.
 */
public final class FlowLogs {

    /** A file may not be larger: {@value} bytes. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private final List<Entry> entries;
    private final long hash;

    private FlowLogs(List<Entry> entries, byte[] content) {
        this.entries = List.copyOf(entries);
        this.hash = hash(content);
    }

    /**
     * Entries that are made in Java.
     *
     * @throws ConfigException with every problem: names or paths that are missing or there twice, numbers out of range
     */
    public static FlowLogs of(List<FlowLogConfig> configs) {
        List<Entry> entries = new ArrayList<>();
        for (FlowLogConfig config : configs) {
            entries.add(new Entry(config, "flowLogs[" + entries.size() + "]", null));
        }
        Problems problems = new Problems();
        EntryChecks.checkAll(entries, problems);
        problems.throwIfAny();
        return new FlowLogs(entries, configs.toString().getBytes(UTF_8));
    }

    /**
     * Reads a text and refuses unknown keys.
     *
     * @throws ConfigException with every problem and its line and column
     */
    public static FlowLogs parse(String text) {
        return parse(text, UnknownKeys.REFUSE);
    }

    /**
     * Reads a text.
     *
     * @throws ConfigException with every problem and its line and column
     */
    public static FlowLogs parse(String text, UnknownKeys unknownKeys) {
        requireNonNull(unknownKeys, "unknownKeys");
        return new FlowLogs(FlowLogsReader.read(text, unknownKeys), text.getBytes(UTF_8));
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with every problem and its line and column
     * @throws IOException if the file cannot be read
     */
    public static FlowLogs read(Path file, UnknownKeys unknownKeys) throws IOException {
        return parse(content(file), unknownKeys);
    }

    /** The bytes of a file, all or none. */
    static byte[] content(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(file + " has " + size + " bytes, more than " + MAX_BYTES);
        }
        return Files.readAllBytes(file);
    }

    static FlowLogs parse(byte[] content, UnknownKeys unknownKeys) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return new FlowLogs(FlowLogsReader.read(text, unknownKeys), content);
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(new Problem("flowLogs", "", "not UTF-8")));
        }
    }

    /** The entries in the order of the file. */
    public List<FlowLogConfig> configs() {
        return entries.stream().map(Entry::config).toList();
    }

    List<Entry> entries() {
        return entries;
    }

    /** What tells this content from another: the first eight bytes of the MD5 of the file, as Hubble shows it. */
    public long hash() {
        return hash;
    }

    /** MD5 because it is the number that Hubble's metric shows; nobody is kept from anything by it. */
    static long hash(byte[] content) {
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(content);
            return ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }

    @Override
    public String toString() {
        return configs().toString();
    }
}
