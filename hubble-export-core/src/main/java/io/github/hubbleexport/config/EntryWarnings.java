package io.github.hubbleexport.config;

import java.util.List;

/** What an entry may say but hardly means. */
final class EntryWarnings {

    private EntryWarnings() {}

    static List<String> of(CompiledEntry entry) {
        return List.of();
    }
}
