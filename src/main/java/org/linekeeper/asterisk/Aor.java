package org.linekeeper.asterisk;

/**
 * One AOR of a PBX: where the phones of an endpoint register.
 *
 * @param name as in pjsip.conf
 * @param maxContacts how many phones may be registered; 0 if none may
 * @param removeExisting whether a registration too many takes the place of an old one, or is
 *     refused
 */
public record Aor(String name, int maxContacts, boolean removeExisting) {
  /** Whether a phone that comes over with another address is refused while its old row stands. */
  public boolean refusesWhoComesOver() {
    return maxContacts == 1 && !removeExisting;
  }
}
