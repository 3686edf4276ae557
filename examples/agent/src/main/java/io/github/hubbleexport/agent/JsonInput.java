package io.github.hubbleexport.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object a line. Lines of {@code GetFlowsResponse} read like those of {@code ExportEvent}, whose members have the
 * same names. Empty lines are passed over.
 */
final class JsonInput implements EventInput {

    private static final int MAX_LENGTH = DelimitedInput.MAX_LENGTH;
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(Flow.getDescriptor().getFile().getMessageTypes())
                    .build());

    private final InputBuffer buffer;
    private long lines;
    private ExportEvent event = ExportEvent.getDefaultInstance();

    JsonInput(InputStream in) {
        buffer = new InputBuffer(in);
    }

    @Override
    public boolean next() throws IOException, UnreadableEventException {
        byte[] line = readLine();
        while (line != null && isBlank(line)) {
            line = readLine();
        }
        if (line == null) {
            return false;
        }
        event = parse(line);
        return true;
    }

    @Override
    public ExportOutcome offerTo(EventTarget target) {
        return target.export(event);
    }

    @Override
    public ExportEvent event() {
        return event;
    }

    private byte @Nullable [] readLine() throws IOException {
        int length = nextLine();
        if (length < 0) {
            return null;
        }
        byte[] line = buffer.copy(length);
        buffer.skip(length);
        return line;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The length of the line that follows, without what ends it; -1 at the end of the input. */
    private int nextLine() throws IOException {
        skipLineEnd();
        int length = 0;
        while (length < buffer.available() || buffer.fill(length + 1)) {
            if (length < buffer.available() && isLineEnd(buffer.peek(length))) {
                return counted(length);
            }
            length = Math.min(length + 1, buffer.available());
            requireShort(length);
        }
        return length == 0 ? -1 : counted(length);
    }

    private int counted(int length) {
        lines++;
        return length;
    }

    private void skipLineEnd() throws IOException {
        if (lines > 0 && buffer.require(1) && isLineEnd(buffer.peek(0))) {
            buffer.skip(1);
        }
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n';
    }

    private void requireShort(int length) throws IOException {
        if (length > MAX_LENGTH) {
            throw new IOException("line " + (lines + 1) + " is longer than " + MAX_LENGTH
                    + " bytes; is the input really JSON lines?");
        }
    }

    private ExportEvent parse(byte[] line) throws UnreadableEventException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            requireOneObject(text);
            ExportEvent.Builder builder = ExportEvent.newBuilder();
            PARSER.merge(text, builder);
            return builder.build();
        } catch (CharacterCodingException e) {
            throw unreadable("not valid UTF-8");
        } catch (JsonProcessingException e) {
            throw unreadable(e.getOriginalMessage());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** The protobuf parser reads leniently and no further than the first object; neither may hide a damaged line. */
    private static void requireOneObject(String text) throws IOException {
        try (JsonParser parser = STRICT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidProtocolBufferException("not a JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new InvalidProtocolBufferException("something follows the JSON object");
            }
        }
    }

    private UnreadableEventException unreadable(String reason) {
        return new UnreadableEventException(
                "line " + lines + ": " + reason.lines().findFirst().orElse("not readable"));
    }
}
