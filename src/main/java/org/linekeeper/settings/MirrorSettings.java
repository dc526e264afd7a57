package org.linekeeper.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linekeeper.estate.PbxId;
import org.linekeeper.secret.Secret;

/**
 * What is copied from the PBX that serves to the other one.
 *
 * @param contacts the phones' registrations; {@code no} as shipped, since it writes into the PBXs'
 *     databases with an AMI user that has to be made for it
 * @param families of AstDB; none as shipped
 * @param queues whose dynamic members; none as shipped
 * @param every between two comparisons; {@code 5s} as shipped: a refresh is no event in Asterisk,
 *     and phones refresh a good while before they expire
 * @param logins the AMI user for AstDB at each PBX; empty if there is none
 */
public record MirrorSettings(
    boolean contacts,
    List<String> families,
    List<String> queues,
    Duration every,
    Map<PbxId, Login> logins) {
  /** Who reads and writes AstDB at one PBX. */
  public record Login(String user, Secret password) {}

  /** Copies its collections, keeping their order. */
  public MirrorSettings {
    families = List.copyOf(families);
    queues = List.copyOf(queues);
    logins = Collections.unmodifiableMap(new LinkedHashMap<>(logins));
  }

  /** As shipped. */
  public static MirrorSettings defaults() {
    return new MirrorSettings(false, List.of(), List.of(), Duration.ofSeconds(5), Map.of());
  }

  /** Whether anything is copied at all. */
  public boolean wanted() {
    return contacts || !families.isEmpty() || !queues.isEmpty();
  }
}
