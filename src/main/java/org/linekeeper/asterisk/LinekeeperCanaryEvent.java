package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.UserEvent;

/** A test call has run through the dialplan. Public because the library fills it in. */
public final class LinekeeperCanaryEvent extends UserEvent {
  private static final long serialVersionUID = 1L;
  private String nonce = "";
  private String gate = "";

  /** As the library wants it. */
  public LinekeeperCanaryEvent(Object source) {
    super(source);
  }

  /** Which test call. */
  public String getNonce() {
    return nonce;
  }

  /** For the library. */
  public void setNonce(String nonce) {
    this.nonce = nonce;
  }

  /** What the dialplan found the role gate to be: {@code open} or {@code closed}. */
  public String getGate() {
    return gate;
  }

  /** For the library. */
  public void setGate(String gate) {
    this.gate = gate;
  }
}
