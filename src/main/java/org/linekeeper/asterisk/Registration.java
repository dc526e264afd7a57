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

  /** Whether Asterisk neither is registered nor tries to be. */
  public boolean unregistered() {
    return status.equalsIgnoreCase("Unregistered") || status.equalsIgnoreCase("Stopped");
  }

  /** Whether the provider has refused it. */
  public boolean rejected() {
    return status.equalsIgnoreCase("Rejected");
  }
}
