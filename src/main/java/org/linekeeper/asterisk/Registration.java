package org.linekeeper.asterisk;

/**
 * How does one outbound registration of a PBX stand?
 *
 * @param name its section in pjsip.conf
 * @param status Asterisk's word, such as {@code Registered} or {@code Rejected}
 * @param server the registrar's URI
 */
public record Registration(String name, String status, String server) {
  /** Whether the provider knows where to send calls. */
  public boolean registered() {
    return status.equalsIgnoreCase("Registered");
  }
}
