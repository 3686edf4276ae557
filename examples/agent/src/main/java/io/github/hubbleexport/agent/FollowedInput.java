package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.agent.follow.FollowedFile;
import io.github.hubbleexport.agent.follow.FollowedFiles;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Events from followed files. Each file begins anew: an event that has its beginning in one does not end in the next. */
final class FollowedInput implements EventInput {

    private final FollowedFiles files;
    private final InputFormat format;
    private Path path = Path.of("");
    private EventInput current;

    FollowedInput(FollowedFiles files, InputFormat format) {
        this.files = files;
        this.format = format;
        current = format.read(InputStream.nullInputStream());
    }

    @Override
    public boolean next() throws IOException, UnreadableEventException {
        while (!nextInFile()) {
            FollowedFile file = files.next();
            if (file == null) {
                return false;
            }
            path = file.path();
            current = format.read(file);
        }
        return true;
    }

    private boolean nextInFile() throws IOException, UnreadableEventException {
        try {
            return current.next();
        } catch (UnreadableEventException e) {
            throw new UnreadableEventException(path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ExportOutcome offerTo(EventTarget target) {
        return current.offerTo(target);
    }

    @Override
    public ExportEvent event() throws UnreadableEventException {
        return current.event();
    }
}
