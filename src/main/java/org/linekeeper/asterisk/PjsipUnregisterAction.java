package org.linekeeper.asterisk;

import org.asteriskjava.manager.action.AbstractManagerAction;

/** Take a registration with a provider away. Public because the library reads it by reflection. */
public final class PjsipUnregisterAction extends AbstractManagerAction {
  private static final long serialVersionUID = 1L;
  private final String registration;

  /** For the registration of that name in pjsip.conf. */
  public PjsipUnregisterAction(String registration) {
    this.registration = registration;
  }

  @Override
  public String getAction() {
    return "PJSIPUnregister";
  }

  /** Its section in pjsip.conf. */
  public String getRegistration() {
    return registration;
  }
}
