package org.linekeeper.estate;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changes when another PBX serves, besides its gate, the carrier's order and registrations.
 *
 * @param address an address that moves with the service, for pairs in one network
 * @param names records in the DNS that follow it
 * @param onPromote by PBX, what is run when it begins to serve
 */
public record Takeover(
    Optional<FloatingAddress> address,
    List<ServiceName> names,
    SortedMap<PbxId, List<HostCommand>> onPromote) {
  /** As shipped. */
  public static final Takeover NONE =
      new Takeover(Optional.empty(), List.of(), Collections.emptySortedMap());

  /** Copies list and map. */
  public Takeover {
    names = List.copyOf(names);
    SortedMap<PbxId, List<HostCommand>> copy = new TreeMap<>();
    onPromote.forEach((pbx, commands) -> copy.put(pbx, List.copyOf(commands)));
    onPromote = Collections.unmodifiableSortedMap(copy);
  }
}
