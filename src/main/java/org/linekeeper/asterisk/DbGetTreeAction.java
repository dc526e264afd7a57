package org.linekeeper.asterisk;

import org.asteriskjava.manager.action.AbstractManagerAction;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.event.ResponseEvent;

/**
 * Which rows has a family of AstDB, with what is below it? Asterisk 16.24 and newer. Public because
 * the library reads it by reflection.
 */
public final class DbGetTreeAction extends AbstractManagerAction implements EventGeneratingAction {
  private static final long serialVersionUID = 1L;
  private final String family;

  DbGetTreeAction(String family) {
    this.family = family;
  }

  @Override
  public String getAction() {
    return "DBGetTree";
  }

  /** Such as {@code registrar/contact}. */
  public String getFamily() {
    return family;
  }

  @Override
  public Class<? extends ResponseEvent> getActionCompleteEventClass() {
    return DbGetTreeCompleteEvent.class;
  }
}
