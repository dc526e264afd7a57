package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/** The PBX was called by the other one and has listened. Public because the library fills it in. */
public final class LinekeeperEchoedEvent extends UserEvent {
  private static final long serialVersionUID = 1L;
  private String digits = "";

  /** As the library wants it. */
  public LinekeeperEchoedEvent(Object source) {
    super(source);
  }

  /** What it heard; empty for nothing. */
  public String getDigits() {
    return digits;
  }

  /** For the library; null for an empty header. */
  public void setDigits(@Nullable String digits) {
    this.digits = digits == null ? "" : digits;
  }
}
