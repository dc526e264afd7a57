package org.linekeeper.state;

/**
 * Where the carrier sends the trunk's inbound calls: one row of its list for the trunk.
 *
 * @param sid the carrier's name for the row, such as {@code OU0123…}
 * @param sipUrl the PBX's address, such as {@code sip:pbx1.example.com}
 * @param priority 0 to 65535; the enabled row of lowest priority is tried first
 * @param weight 1 to 65535; shares calls between rows of equal priority
 * @param enabled whether the row is used at all
 */
public record OriginationUrl(String sid, String sipUrl, int priority, int weight, boolean enabled) {
  /** The same row with another priority. */
  public OriginationUrl withPriority(int priority) {
    return new OriginationUrl(sid, sipUrl, priority, weight, enabled);
  }
}
