package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;

/**
 * Noise is no fault. Ten minutes, or as many as {@code mvn verify -Pnoise -Dnoise.minutes=60} says;
 * {@code -Dnoise.kind=tolerant} freezes for 3 s with {@code freeze-tolerance: 4s}, {@code
 * -Dnoise.kind=three} has three watchers. Writes target/noise-KIND.md, and docs/BENCHMARKS.md with
 * {@code -Dlinekeeper.write-docs=true}.
 */
@Tag("lab")
@Tag("long")
class NoiseIT {
  @Test
  void nothingMovesAndNobodyIsCalledIll() throws IOException {
    long seconds = Math.round(60 * Double.parseDouble(System.getProperty("noise.minutes", "10")));
    NoiseReport report =
        GameDay.result(
            NoiseReport.class,
            "noise",
            Long.toString(seconds),
            System.getProperty("noise.kind", "shipped"));
    String text = report.words();
    System.out.println(text);
    Files.writeString(Path.of("target/noise-" + report.kind() + ".md"), text);
    new GeneratedPart(Path.of("docs/BENCHMARKS.md"), "NoiseIT, " + report.kind())
        .writeIfAsked(text);
    assertThat(report.wrong()).as(text).isEmpty();
    assertThat(report.asked()).as("somebody was asked").isFalse();
    assertThat(report.switches()).as(text).isZero();
    assertThat(report.addressStayed()).as("the primary alone has the address").isTrue();
  }
}
