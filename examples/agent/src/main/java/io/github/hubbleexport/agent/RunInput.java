package io.github.hubbleexport.agent;

import io.github.hubbleexport.agent.follow.FollowedFiles;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where the events of an agent come from.
 *
 * @param name for people
 * @param events for one thread
 * @param stop ends waiting for more, where that can be ended; from any thread
 */
record RunInput(String name, EventInput events, Runnable stop) {

    /**
     * Opens standard input or a pipe, which are read until they end, or begins to follow a file or a folder.
     *
     * @param notes hears what becomes of followed files
     */
    static RunInput open(String input, InputFormat format, Host host, Consumer<String> notes)
            throws FileNotFoundException {
        Path path = Path.of(input);
        boolean isFolder = Files.isDirectory(path);
        if (input.equals(InputFile.STDIN) || !(isFolder || Files.isRegularFile(path))) {
            String name = input.equals(InputFile.STDIN) ? "standard input" : input;
            return new RunInput(name, format.read(InputFile.open(input, host)), () -> {});
        }
        FollowedFiles files = isFolder ? FollowedFiles.ofFolder(path, notes) : FollowedFiles.ofName(path, notes);
        return new RunInput(input, new FollowedInput(files, format), files::stop);
    }
}
