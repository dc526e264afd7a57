package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.ResponseEvent;

/** That was all of them. Public because the library makes it by reflection. */
public final class DbGetTreeCompleteEvent extends ResponseEvent {
  private static final long serialVersionUID = 1L;

  /** As the library wants it. */
  public DbGetTreeCompleteEvent(Object source) {
    super(source);
  }
}
