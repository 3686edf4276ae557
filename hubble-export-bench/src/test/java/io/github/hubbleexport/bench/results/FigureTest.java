package io.github.hubbleexport.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void isTheShortestAndTheMedians() {
        assertThat(Figure.of(new double[] {3, 1, 2}, new double[] {0, 0, 9})).isEqualTo(new Figure(1, 2, 0));
        assertThat(Figure.of(new double[] {4, 1, 2, 3}, new double[] {1, 2})).isEqualTo(new Figure(1, 2.5, 1.5));
    }

    @Test
    void ratiosAreOfTheShortest() {
        assertThat(new Figure(5, 100, 0).ratio(new Figure(4, 10, 0))).isEqualTo(1.25);
    }

    @Test
    void cellsHaveNoMoreDigitsThanMeanSomething() {
        assertThat(new Figure(3.14159, 1234.5, 0.6).cells()).isEqualTo("3.1 | 1235 | 1");
    }
}
