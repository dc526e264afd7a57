package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.ResponseEvent;

/** One outbound registration. Public because the library fills it in by reflection. */
public final class OutboundRegistrationDetailEvent extends ResponseEvent {
  private static final long serialVersionUID = 1L;
  private String objectName = "";
  private String status = "";
  private String serverUri = "";

  /** As the library wants it. */
  public OutboundRegistrationDetailEvent(Object source) {
    super(source);
  }

  /** Its section in pjsip.conf. */
  public String getObjectName() {
    return objectName;
  }

  /** For the library. */
  public void setObjectName(String objectName) {
    this.objectName = objectName;
  }

  /** Asterisk's word for how it stands. */
  public String getStatus() {
    return status;
  }

  /** For the library. */
  public void setStatus(String status) {
    this.status = status;
  }

  /** The registrar. */
  public String getServerUri() {
    return serverUri;
  }

  /** For the library. */
  public void setServerUri(String serverUri) {
    this.serverUri = serverUri;
  }

  /**
   * For the library: this event's Line says {@code true} or {@code false}, and the inherited one
   * that wants a number would log an error each time.
   */
  public void setLine(String line) {
    // of no interest
  }
}
