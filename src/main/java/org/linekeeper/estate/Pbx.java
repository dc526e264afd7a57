package org.linekeeper.estate;

import java.util.List;

/**
 * One Asterisk of the pair, as far as decisions need to know it; how to log in to it is local.
 *
 * @param id its name
 * @param site where it stands
 * @param role which of the pair it normally is
 * @param originationUrl SID of the trunk's origination URL that leads to it, such as {@code
 *     OU0123…}; empty text if the carrier does not route to this PBX by origination URL
 * @param registrations names of the outbound registrations in its pjsip.conf that must be up; empty
 *     for trunks that do not register, such as Twilio's
 */
public record Pbx(
    PbxId id, SiteId site, Role role, String originationUrl, List<String> registrations) {
  /** What a PBX is when nothing is wrong. */
  public enum Role {
    /** Serves the office on a normal day. */
    PRIMARY,
    /** Waits to take over. */
    STANDBY
  }

  /** Copies its lists. */
  public Pbx {
    registrations = List.copyOf(registrations);
  }
}
