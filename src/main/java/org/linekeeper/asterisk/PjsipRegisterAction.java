package org.linekeeper.asterisk;

import org.asteriskjava.manager.action.AbstractManagerAction;

/** Register with a provider now. Public because the library reads it by reflection. */
public final class PjsipRegisterAction extends AbstractManagerAction {
  private static final long serialVersionUID = 1L;
  private final String registration;

  /** For the registration of that name in pjsip.conf. */
  public PjsipRegisterAction(String registration) {
    this.registration = registration;
  }

  @Override
  public String getAction() {
    return "PJSIPRegister";
  }

  /** Its section in pjsip.conf. */
  public String getRegistration() {
    return registration;
  }
}
