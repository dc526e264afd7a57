package org.linekeeper.asterisk;

import org.asteriskjava.manager.action.AbstractManagerAction;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.event.ResponseEvent;

/** Which AORs are there? Public because the library reads it by reflection. */
public final class PjsipShowAorsAction extends AbstractManagerAction
    implements EventGeneratingAction {
  private static final long serialVersionUID = 1L;

  @Override
  public String getAction() {
    return "PJSIPShowAors";
  }

  @Override
  public Class<? extends ResponseEvent> getActionCompleteEventClass() {
    return AorListCompleteEvent.class;
  }
}
