package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.ResponseEvent;

/** One AOR. Public because the library fills it in by reflection. */
public final class AorListEvent extends ResponseEvent {
  private static final long serialVersionUID = 1L;
  private String objectName = "";
  private String maxContacts = "";
  private String removeExisting = "";

  /** As the library wants it. */
  public AorListEvent(Object source) {
    super(source);
  }

  /** Its section in pjsip.conf. */
  public String getObjectName() {
    return objectName;
  }

  /** For the library. */
  public void setObjectName(Verbatim objectName) {
    this.objectName = objectName.text();
  }

  /** How many phones may register; 0 for none. */
  public String getMaxContacts() {
    return maxContacts;
  }

  /** For the library. */
  public void setMaxContacts(String maxContacts) {
    this.maxContacts = maxContacts;
  }

  /** Whether a new registration takes the place of an old one: {@code true} or {@code false}. */
  public String getRemoveExisting() {
    return removeExisting;
  }

  /** For the library. */
  public void setRemoveExisting(String removeExisting) {
    this.removeExisting = removeExisting;
  }
}
