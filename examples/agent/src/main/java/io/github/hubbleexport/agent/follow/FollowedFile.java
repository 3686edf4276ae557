package io.github.hubbleexport.agent.follow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file, whose end comes only when nothing more will be written into it: because another file has its name and is being
 * written, because it was cut, or because a later file is there. Until then, whoever reads waits for more.
 */
public final class FollowedFile extends InputStream {

    private final FollowedFiles files;
    private final Path path;
    private final SeekableByteChannel channel;
    private final @Nullable Object key;
    private boolean finished;
    private boolean replaced;
    private boolean ended;

    private FollowedFile(FollowedFiles files, Path path, SeekableByteChannel channel, @Nullable Object key) {
        this.files = files;
        this.path = path;
        this.channel = channel;
        this.key = key;
    }

    /** Opens a file and learns which one it is, which must not be another one than was opened. */
    static FollowedFile open(Path path, FollowedFiles files) throws IOException {
        while (true) {
            Object before = attributes(path).fileKey();
            SeekableByteChannel channel = Files.newByteChannel(path);
            try {
                if (Objects.equals(before, attributes(path).fileKey())) {
                    return new FollowedFile(files, path, channel, before);
                }
            } catch (NoSuchFileException gone) {
                channel.close();
                throw gone;
            }
            channel.close();
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    /** Where it lies, or lay. */
    public Path path() {
        return path;
    }

    /** Whether it has ended because there is another content under its name. */
    boolean isReplaced() {
        return replaced;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
        while (!ended && !files.isStopped()) {
            int read = channel.read(target);
            if (read > 0) {
                return read;
            }
            // What came before it was noticed that the file is finished has been read by now.
            ended = finished;
            if (!ended && !look()) {
                files.pause();
            }
        }
        return -1;
    }

    /** Whether it is found to be finished. */
    private boolean look() throws IOException {
        if (channel.size() < channel.position()) {
            ended = true; // what comes later stands at other places
            finish(path + " was cut; it is read from its beginning");
        } else if (isAnotherFile()) {
            finish(path + " was replaced; the new file is read from its beginning");
        } else {
            finished = files.hasSuccessor(path);
        }
        return finished;
    }

    private void finish(String note) {
        finished = true;
        replaced = true;
        files.note(note);
    }

    /** Whoever writes may go on with the old file for a while after the new one was made, until there is something in it. */
    private boolean isAnotherFile() throws IOException {
        try {
            BasicFileAttributes now = attributes(path);
            return !Objects.equals(key, now.fileKey()) && now.size() > 0;
        } catch (NoSuchFileException e) {
            return false; // moved away, and not made anew yet
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
