package org.linekeeper.demo.pbx;

import org.asteriskjava.manager.event.UserEvent;

/** The canary's event, as the library wants it: a public class of its own file. */
public final class LinekeeperCanaryEvent extends UserEvent {
  private static final long serialVersionUID = 1;
  private String nonce = "";
  private String gate = "";

  public LinekeeperCanaryEvent(Object source) {
    super(source);
  }

  public String getNonce() {
    return nonce;
  }

  public void setNonce(String nonce) {
    this.nonce = nonce;
  }

  public String getGate() {
    return gate;
  }

  public void setGate(String gate) {
    this.gate = gate;
  }
}
