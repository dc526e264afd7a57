package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/** How a call to the other PBX ended. Public because the library fills it in. */
public final class LinekeeperEchoEvent extends UserEvent {
  private static final long serialVersionUID = 1L;
  private String nonce = "";
  private String status = "";
  private String heard = "";
  private String answer = "";

  /** As the library wants it. */
  public LinekeeperEchoEvent(Object source) {
    super(source);
  }

  /** Which call. */
  public String getNonce() {
    return nonce;
  }

  /** For the library; null for an empty header. */
  public void setNonce(@Nullable String nonce) {
    this.nonce = nonce == null ? "" : nonce;
  }

  /** DIALSTATUS, or TAKEN. */
  public String getStatus() {
    return status;
  }

  /** For the library; null for an empty header. */
  public void setStatus(@Nullable String status) {
    this.status = status == null ? "" : status;
  }

  /** What came back, a star for the word that nothing was heard. */
  public String getHeard() {
    return heard;
  }

  /** For the library; null for an empty header. */
  public void setHeard(@Nullable String heard) {
    this.heard = heard == null ? "" : heard;
  }

  /** The SIP answer in words. */
  public String getAnswer() {
    return answer;
  }

  /** For the library; null for an empty header. */
  public void setAnswer(@Nullable String answer) {
    this.answer = answer == null ? "" : answer;
  }
}
