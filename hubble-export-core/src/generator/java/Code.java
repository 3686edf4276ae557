/** Lines of Java. */
final class Code {

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds lines; their braces say how deep the next ones stand. */
    Code add(String... lines) {
        for (String line : lines) {
            int indent = line.isEmpty() ? 0 : depth - (line.startsWith("}") ? 1 : 0);
            text.append("    ".repeat(indent)).append(line).append('\n');
            depth += (int) line.chars().filter(c -> c == '{').count();
            depth -= (int) line.chars().filter(c -> c == '}').count();
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
