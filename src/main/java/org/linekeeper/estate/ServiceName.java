package org.linekeeper.estate;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records in the DNS that say which PBX serves.
 *
 * @param zone the zone that is updated, such as {@code office.example}
 * @param name the full name, such as {@code sip.office.example}
 * @param type what sort of record it is
 * @param ttl for how many seconds others may remember it
 * @param values by PBX what the records say while it serves, as in a zone file; full names end with
 *     a dot or not
 */
public record ServiceName(
    String zone, String name, Type type, long ttl, SortedMap<PbxId, List<String>> values) {
  /** The sorts of record. */
  public enum Type {
    /** IPv4 addresses. */
    A,
    /** IPv6 addresses. */
    AAAA,
    /** Priority, weight, port and host. */
    SRV
  }

  /** Copies its map. */
  public ServiceName {
    SortedMap<PbxId, List<String>> copy = new TreeMap<>();
    values.forEach((pbx, texts) -> copy.put(pbx, List.copyOf(texts)));
    values = java.util.Collections.unmodifiableSortedMap(copy);
  }

  /** What it says while that PBX serves; empty if it says nothing of it. */
  public List<String> of(PbxId pbx) {
    return ((Map<PbxId, List<String>>) values).getOrDefault(pbx, List.of());
  }

  /** Such as {@code sip.office.example A}. */
  public String label() {
    return name + " " + type;
  }
}
