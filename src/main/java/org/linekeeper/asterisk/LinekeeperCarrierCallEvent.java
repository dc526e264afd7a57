package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.UserEvent;

/** A PBX has answered a test call and listened. Public because the library fills it in. */
public final class LinekeeperCarrierCallEvent extends UserEvent {
  private static final long serialVersionUID = 1L;
  private String heard = "";

  /** As the library wants it. */
  public LinekeeperCarrierCallEvent(Object source) {
    super(source);
  }

  /** The digits heard; empty if none came. */
  public String getHeard() {
    return heard;
  }

  /** For the library. */
  public void setHeard(String heard) {
    this.heard = heard;
  }
}
