package io.github.hubbleexport.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hubbleexport.sink.SinkInvariants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** File systems that are really mounted, in a mount namespace of a child, so that nothing is left to unmount. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MountTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private static final String TMPFS = "mount -t tmpfs -o size=1m tmpfs \"$1\" && shift && exec \"$@\"";
    private static final String LOOP = "mount -o loop \"$1.img\" \"$1\" && shift && exec \"$@\"";
    private static final int IMAGE_BYTES = 8 * 1024 * 1024;

    @TempDir
    private Path root;

    @Test
    @DisplayName("row 1: a tmpfs of 1 MB fills up and is freed again, twice")
    void fullDisk() throws Exception {
        inTmpfs("full");
    }

    @Test
    @DisplayName("row 19: a tmpfs of 1 MB is full while a backup is compressed")
    void fullWhileCompressing() throws Exception {
        inTmpfs("full-archive");
    }

    @Test
    @DisplayName("row 13: a folder is mounted read-only and writable again")
    void readOnly() throws Exception {
        inTmpfs("read-only");
    }

    @Test
    @DisplayName("row 5: a file that is a mount point cannot be renamed")
    void boundFile() throws Exception {
        inTmpfs("bound-file");
    }

    @Test
    @DisplayName("row 1: an ext4 image fills up and is freed again, twice")
    void fullImage() throws Exception {
        Path folder = Files.createDirectory(root.resolve("disk"));
        Path image = Files.write(root.resolve("disk.img"), new byte[IMAGE_BYTES]);
        assumeTrue(
                ChildJvm.works(List.of("mkfs.ext4", "-q", "-F", image.toString())),
                "no mkfs.ext4 on this machine: the full ext4 image was not tried");
        assumeTrue(
                ChildJvm.works(mounted("-m", LOOP, folder, List.of("true"))),
                "this machine mounts no images, or not for this user: the full ext4 image was not tried");
        ChildJvm.succeeds(mounted("-m", LOOP, folder, ChildJvm.command(SickDisk.class, "full", folder)));
    }

    private void inTmpfs(String fault) throws Exception {
        Path folder = Files.createDirectory(root.resolve("disk"));
        assumeTrue(
                ChildJvm.works(mounted("-Urm", TMPFS, folder, List.of("true"))),
                "this machine lets this user mount nothing: a real disk that is " + fault + " was not tried");
        ChildJvm.succeeds(mounted("-Urm", TMPFS, folder, ChildJvm.command(SickDisk.class, fault, folder)));
    }

    private static List<String> mounted(String unshare, String script, Path folder, List<String> command) {
        List<String> words = new ArrayList<>(List.of("unshare", unshare, "bash", "-c", script, "bash"));
        words.add(folder.toString());
        words.addAll(command);
        return words;
    }
}
