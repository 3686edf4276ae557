package io.github.hubbleexport.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A picture of horizontal bars in SVG. Every panel has a scale of its own, so that small figures can be seen. */
final class BarChart {

    private static final int WIDTH = 860;
    private static final int LABELS = 300;
    private static final int LONGEST = 440;
    private static final int ROW = 20;
    private static final int HEADING = 40;

    private record Bar(String label, double value) {}

    private record Panel(String title, List<Bar> bars) {

        double greatest() {
            return bars.stream().mapToDouble(Bar::value).max().orElse(1);
        }

        int height() {
            return HEADING + bars.size() * ROW;
        }
    }

    private final String title;
    private final List<Panel> panels = new ArrayList<>();

    BarChart(String title) {
        this.title = title;
    }

    /** Begins another group of bars. */
    BarChart panel(String heading) {
        panels.add(new Panel(heading, new ArrayList<>()));
        return this;
    }

    /** Adds a bar to the last panel. */
    BarChart bar(String label, double value) {
        panels.get(panels.size() - 1).bars.add(new Bar(label, value));
        return this;
    }

    String svg() {
        int height = HEADING + panels.stream().mapToInt(Panel::height).sum() + ROW;
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
                font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """.formatted(WIDTH, height));
        text(svg, 10, 24, "start", " font-size=\"16\" font-weight=\"bold\"", title);
        int top = HEADING;
        for (Panel panel : panels) {
            draw(svg, panel, top);
            top += panel.height();
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Panel panel, int top) {
        text(svg, 10, top + 28, "start", " font-weight=\"bold\"", panel.title);
        int y = top + HEADING;
        for (Bar bar : panel.bars) {
            draw(svg, bar, LONGEST * bar.value / panel.greatest(), y);
            y += ROW;
        }
    }

    private static void draw(StringBuilder svg, Bar bar, double width, int y) {
        text(svg, LABELS - 8, y + 13, "end", "", bar.label);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                LABELS,
                y + 2,
                width,
                ROW - 5,
                colour(bar.label)));
        String value = String.format(Locale.ROOT, bar.value < 100 ? "%.1f" : "%.0f", bar.value);
        text(svg, LABELS + width + 6, y + 13, "start", "", value);
    }

    /** Bars of this library stand out. */
    private static String colour(String label) {
        return label.matches(".*\\b(WIRE|MESSAGE|ROTATING_SINK\\w*)\\b.*") ? "#1a7f4b" : "#8a94a6";
    }

    private static void text(StringBuilder svg, double x, int y, String anchor, String style, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"#1f2430\"%s>%s</text>\n",
                x,
                y,
                anchor,
                style,
                escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
