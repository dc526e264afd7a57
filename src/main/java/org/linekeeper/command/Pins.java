package org.linekeeper.command;

import org.linekeeper.estate.StaffId;

/** Is this the PIN of that member of staff? The PINs themselves are kept elsewhere. */
@FunctionalInterface
public interface Pins {
  /** False for a wrong PIN and for staff without one. */
  boolean match(StaffId staff, String pin);

  /** Nobody has a PIN. */
  static Pins none() {
    return (staff, pin) -> false;
  }
}
