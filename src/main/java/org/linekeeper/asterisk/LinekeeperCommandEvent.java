package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.UserEvent;

/** A feature code was dialled. Public because the library fills it in by reflection. */
public final class LinekeeperCommandEvent extends UserEvent {
  private static final long serialVersionUID = 1L;
  private String caller = "";
  private String staff = "";
  private String pin = "";
  private String text = "";

  /** As the library wants it. */
  public LinekeeperCommandEvent(Object source) {
    super(source);
  }

  /** The phone's number. */
  public String getCaller() {
    return caller;
  }

  /** For the library. */
  public void setCaller(String caller) {
    this.caller = caller;
  }

  /** The staff code keyed in. */
  public String getStaff() {
    return staff;
  }

  /** For the library. */
  public void setStaff(String staff) {
    this.staff = staff;
  }

  /** For the library. */
  public void setPin(String pin) {
    this.pin = pin;
  }

  // no getPin: the library's toString prints whatever has a getter
  String pin() {
    return pin;
  }

  /** The command. */
  public String getText() {
    return text;
  }

  /** For the library. */
  public void setText(String text) {
    this.text = text;
  }
}
