package org.linekeeper.journal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.linekeeper.state.Parting;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which journal a watcher keeps.
 *
 * @param journal its name
 * @param partings from which journals it goes on, the latest last
 */
record Lineage(UUID journal, List<Parting> partings) {
  private static final JsonMapper JSON = JournalJson.mapper();

  Lineage {
    partings = List.copyOf(partings);
  }

  /** The parting by which that journal ended; empty if this one does not go on from it. */
  Optional<Parting> endOf(UUID other) {
    return partings.stream().filter(parting -> parting.ended().equals(other)).findFirst();
  }

  /** The latest parting from a journal from which the other one went on as well. */
  Optional<Parting> forkedFrom(Lineage other) {
    return partings.stream()
        .filter(parting -> other.endOf(parting.ended()).isPresent())
        .reduce((earlier, later) -> later);
  }

  byte[] written() {
    return JSON.writeValueAsBytes(this);
  }

  static Lineage read(byte[] written) {
    return JSON.readValue(written, Lineage.class);
  }
}
