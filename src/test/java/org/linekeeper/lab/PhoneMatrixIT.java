package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;

/**
 * Which phones ring through the standby, and how soon: transport, rewrite_contact, a router in
 * between, an address that moves, and both versions. Writes target/phones.md, and with {@code
 * -Dlinekeeper.write-docs=true} its part of docs/PHONES.md.
 */
@Tag("lab")
@Tag("long")
class PhoneMatrixIT {
  @Test
  void everyKindOfPhone() throws Exception {
    List<String> rows = new ArrayList<>();
    AsteriskRoot[][] pairs = {
      {AsteriskRoot.v22(), AsteriskRoot.v22()},
      {AsteriskRoot.v16(), AsteriskRoot.v16()},
      {AsteriskRoot.v16(), AsteriskRoot.v22()},
      {AsteriskRoot.v22(), AsteriskRoot.v16()}
    };
    // Once for nothing: this process, in which Linekeeper runs, has only just started.
    measure(AsteriskRoot.v22(), AsteriskRoot.v22(), true);
    for (AsteriskRoot[] pair : pairs) {
      for (boolean floating : new boolean[] {false, true}) {
        rows.addAll(measure(pair[0], pair[1], floating));
      }
    }
    String table =
        "| Asterisk | address moves | phone | transport | rewrite_contact | through the primary |"
            + " through the standby, after its promotion |\n|---|---|---|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n";
    Files.writeString(Path.of("target", "phones.md"), table);
    new GeneratedPart(Path.of("docs/PHONES.md"), PhoneMatrixIT.class).writeIfAsked(table);
    assertThat(rows)
        .filteredOn(row -> row.contains("in the office | UDP"))
        .noneMatch(row -> row.contains("not ring"));
    assertThat(rows).hasSize(64);
  }

  private static List<String> measure(AsteriskRoot one, AsteriskRoot two, boolean floating) {
    List<String> rows = new ArrayList<>();
    try (Desks desks = Desks.open(one, two, floating, 1, 2, 3, 4, 5, 6, 7, 8)) {
      desks.awaitMirrored();
      List<Optional<Duration>> before = desks.ringOnANormalDay();
      List<Optional<Duration>> after = desks.ringAfterFailover();
      for (int i = 0; i < 8; i++) {
        rows.add(
            "| %d → %d | %s | %s | %s | %s | %s | %s |"
                .formatted(
                    one.version(),
                    two.version(),
                    floating ? "yes" : "no",
                    i < 4 ? "in the office" : "behind NAT",
                    i % 4 < 2 ? "UDP" : "TCP",
                    i % 2 == 0 ? "no" : "yes",
                    before.get(i).isPresent() ? "rings" : "does not ring",
                    after.get(i).map(ms -> ms.toMillis() + " ms").orElse("does not ring")));
      }
    }
    rows.forEach(System.out::println);
    return rows;
  }
}
