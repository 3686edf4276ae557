package io.github.hubbleexport.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects problems while a configuration is read, so that all of them are told at once. For one thread. */
public final class Problems {

    private final List<Problem> list = new ArrayList<>();

    /** An empty collector. */
    public Problems() {}

    /**
     * Adds one problem.
     *
     * @param path where it stands, see {@link Problem#path()}
     * @param value what stands there
     * @param reason why it is refused
     */
    public void add(String path, String value, String reason) {
        list.add(new Problem(path, value, reason));
    }

    /**
     * Adds one problem of a text, with its place.
     *
     * @param path where it stands, see {@link Problem#path()}
     * @param value what stands there
     * @param reason why it is refused
     * @param line from 1; 0 when it is not known
     * @param column from 1; 0 when it is not known
     */
    public void add(String path, String value, String reason, int line, int column) {
        list.add(new Problem(path, value, reason, line, column));
    }

    /**
     * Adds everything that another part of the configuration found.
     *
     * @param found the exception of that part
     */
    public void addAll(ConfigException found) {
        list.addAll(found.problems());
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** What was found so far, in the order in which it was found. A copy. */
    public List<Problem> list() {
        return List.copyOf(list);
    }

    /**
     * Ends the collection.
     *
     * @throws ConfigException with every problem, if there is one
     */
    public void throwIfAny() {
        if (!list.isEmpty()) {
            throw new ConfigException(list);
        }
    }
}
