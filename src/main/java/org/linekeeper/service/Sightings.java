package org.linekeeper.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation;

/** The latest that each probe saw of each PBX, for metrics; decides nothing. */
final class Sightings {
  private final Map<Key, Observation> latest = new ConcurrentHashMap<>();

  private record Key(PbxId pbx, Observation.Probe probe) {}

  void saw(Observation seen) {
    latest.put(new Key(seen.pbx(), seen.probe()), seen);
  }

  List<Observation> latest() {
    return List.copyOf(latest.values());
  }
}
