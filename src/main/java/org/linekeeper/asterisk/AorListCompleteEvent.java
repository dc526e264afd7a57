package org.linekeeper.asterisk;

import org.asteriskjava.manager.event.ResponseEvent;

/** That was all of them. Public because the library makes it by reflection. */
public final class AorListCompleteEvent extends ResponseEvent {
  private static final long serialVersionUID = 1L;

  /** As the library wants it. */
  public AorListCompleteEvent(Object source) {
    super(source);
  }
}
