package io.github.hubbleexport.sink;

/** Puts a file away before it would grow over a limit. */
record SizeRotation(long maxBytes) implements RotationPolicy {

    SizeRotation {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1: " + maxBytes);
        }
    }

    @Override
    public long room(LiveFile file) {
        return maxBytes - file.size();
    }

    @Override
    public long longestLine() {
        return maxBytes;
    }
}
