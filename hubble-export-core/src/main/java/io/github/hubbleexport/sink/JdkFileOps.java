package io.github.hubbleexport.sink;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real file system. Streams come from {@link Files}: unlike a {@link FileChannel} they stay open when the thread
 * that uses them is interrupted, and unlike {@code FileOutputStream} they work with every kind of {@link Path}.
 */
final class JdkFileOps implements FileOps {

    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwxr-xr-x");

    @Override
    public @Nullable Facts inspect(Path path) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            Instant changed = found.lastModifiedTime().toInstant();
            return new Facts(found.size(), found.fileKey(), found.isRegularFile(), changed);
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            if (isBelowAFile(path)) {
                return null;
            }
            throw e;
        }
    }

    /** Whether a file stands where the path needs a folder: then nothing can be at the path. */
    private static boolean isBelowAFile(Path path) {
        Path folder = path.getParent();
        return folder != null && (Files.isRegularFile(folder) || isBelowAFile(folder));
    }

    @Override
    public void makeFolders(Path folder) throws IOException {
        Files.createDirectories(folder, folderAttributes(folder));
    }

    @Override
    public OutputStream append(Path path) throws IOException {
        return Files.newOutputStream(path, CREATE, WRITE, APPEND);
    }

    @Override
    public void setMode(Path path, Set<PosixFilePermission> mode) throws IOException {
        if (knowsPosix(path) && !Files.getPosixFilePermissions(path).equals(mode)) {
            Files.setPosixFilePermissions(path, mode);
        }
    }

    @Override
    public int lastByte(Path path, long size) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(size - 1);
            return in.read();
        }
    }

    @Override
    public void truncate(Path path, long size) throws IOException {
        onChannel(path, channel -> channel.truncate(size));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        replace(from, to);
    }

    /** Never a copy: a file that cannot be renamed, such as a mount point, must stay what it is. */
    @Override
    public void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }

    @Override
    public InputStream read(Path path) throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        return Files.newOutputStream(path, CREATE, WRITE, TRUNCATE_EXISTING);
    }

    @Override
    public void copyMode(Path from, Path to) throws IOException {
        if (knowsPosix(from)) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    @Override
    public @Nullable Lock lock(Path path) throws IOException {
        return LockFile.take(path);
    }

    @Override
    public void sync(Path path) throws IOException {
        onChannel(path, channel -> channel.force(true));
    }

    static boolean knowsPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] folderAttributes(Path folder) {
        return knowsPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FOLDER_MODE)}
                : new FileAttribute<?>[0];
    }

    /** A channel closes itself when its thread is interrupted; then the flag is put away meanwhile and set again. */
    private static void onChannel(Path path, ChannelAction action) throws IOException {
        boolean interrupted = false;
        try {
            while (!done(path, action)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if the thread was interrupted just now; both actions may be done twice. */
    private static boolean done(Path path, ChannelAction action) throws IOException {
        try (FileChannel channel = FileChannel.open(path, WRITE)) {
            action.on(channel);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface ChannelAction {
        void on(FileChannel channel) throws IOException;
    }
}
