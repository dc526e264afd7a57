package org.linekeeper.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.verdict.Profile;

/**
 * What stays on this watcher and never goes to the journal: access, ports, paths.
 *
 * @param watcher this watcher's name; {@code watcher-1} as shipped
 * @param journal directory of the journal; {@code /var/lib/linekeeper/journal} as shipped
 * @param peers the watchers that keep the journal together; none as shipped: this one alone
 * @param web the page and the API
 * @param pbxs how to reach each PBX, in the order of the file
 * @param profile how often the PBXs are asked; {@code lan} as shipped
 * @param carrier how to reach the carrier
 * @param sms how texts come in and are confirmed
 * @param staff PINs and codes; everyone in staff.yml has an entry
 * @param retention how long what is no longer needed is kept
 * @param mirror what is copied from the PBX that serves to the other one; nothing as shipped
 * @param nameServer of the names that follow the service; none as shipped
 */
public record LocalSettings(
    String watcher,
    Path journal,
    Optional<Peers> peers,
    WebSettings web,
    Map<PbxId, PbxAccess> pbxs,
    Profile profile,
    CarrierAccess carrier,
    SmsSettings sms,
    Map<StaffId, StaffAccess> staff,
    Retention retention,
    MirrorSettings mirror,
    Optional<NameServer> nameServer) {
  /** Copies its maps, keeping their order. */
  public LocalSettings {
    pbxs = Collections.unmodifiableMap(new LinkedHashMap<>(pbxs));
    staff = Collections.unmodifiableMap(new LinkedHashMap<>(staff));
  }

  /** The member of staff whose code was dialled on a desk phone. */
  public Optional<StaffId> staffByCode(String code) {
    return staff.entrySet().stream()
        .filter(entry -> entry.getValue().code().filter(code::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether that is their PIN; slow on purpose, see {@link Passwords}. */
  public boolean pinMatches(StaffId who, String pin) {
    return Optional.ofNullable(staff.get(who))
        .flatMap(StaffAccess::pin)
        .filter(hash -> Passwords.matches(pin, hash))
        .isPresent();
  }
}
