package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Noise is no fault. Ten minutes, or as many as {@code mvn verify -Pnoise -Dnoise.minutes=60} says;
 * {@code -Dnoise.kind=tolerant} freezes for 3 s with {@code freeze-tolerance: 4s}.
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
    String text =
        "%d s of noise (%s): %d failovers, %d wrong verdicts; %s. Build %s, settings %s."
            .formatted(
                report.seconds(),
                report.did(),
                report.switches(),
                report.wrong().size(),
                report.calls(),
                report.build(),
                report.settings());
    System.out.println(text);
    Files.writeString(Path.of("target/noise.md"), text + "\n");
    assertThat(report.switches()).as(text).isZero();
    assertThat(report.asked()).as("somebody was asked").isFalse();
    assertThat(report.wrong()).as(text).isEmpty();
  }
}
