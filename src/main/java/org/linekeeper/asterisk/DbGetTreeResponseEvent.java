package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.ResponseEvent;

/** One row of AstDB. Public because the library fills it in by reflection. */
public final class DbGetTreeResponseEvent extends ResponseEvent {
  private static final long serialVersionUID = 1L;
  private String key = "";
  private String val = "";

  /** As the library wants it. */
  public DbGetTreeResponseEvent(Object source) {
    super(source);
  }

  /** The family and the key, such as {@code /registrar/contact/desk;@7d6e}. */
  public String getKey() {
    return key;
  }

  /** For the library. */
  public void setKey(String key) {
    this.key = key;
  }

  /** What stands there. */
  public String getVal() {
    return val;
  }

  /** For the library; people do keep {@code none} and {@code unknown} there. */
  public void setVal(Verbatim val) {
    this.val = val.text();
  }
}
