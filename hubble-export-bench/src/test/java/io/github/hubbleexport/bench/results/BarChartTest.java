package io.github.hubbleexport.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTest {

    @Test
    void barsAreAsLongAsTheirValues() throws Exception {
        Document svg = parse(new BarChart("A & B")
                .panel("ways <fast> and slow")
                .bar("NONE, WIRE", 50)
                .bar("NONE, OBVIOUS", 1000)
                .panel("another scale")
                .bar("one", 7)
                .svg());
        List<Double> widths = new ArrayList<>();
        NodeList bars = svg.getElementsByTagName("rect");
        for (int i = 1; i < bars.getLength(); i++) {
            widths.add(Double.valueOf(
                    bars.item(i).getAttributes().getNamedItem("width").getNodeValue()));
        }
        assertThat(widths).hasSize(3);
        assertThat(widths.get(1)).isEqualTo(20 * widths.get(0));
        assertThat(widths.get(2)).isEqualTo(widths.get(1));
    }

    @Test
    void everythingIsLabelled() throws Exception {
        Document svg = parse(new BarChart("A & B")
                .panel("ways <fast> and slow")
                .bar("one", 1.25)
                .svg());
        List<String> texts = new ArrayList<>();
        NodeList nodes = svg.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        assertThat(texts).containsExactly("A & B", "ways <fast> and slow", "one", "1.3");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
