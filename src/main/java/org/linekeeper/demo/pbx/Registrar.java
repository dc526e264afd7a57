package org.linekeeper.demo.pbx;

/** What becomes of the REGISTERs that a simulated PBX sends to its provider? */
public enum Registrar {
  /** They are accepted. */
  ACCEPTS,
  /** They are refused, as with a wrong password. */
  REFUSES,
  /** Nothing comes back. */
  SILENT
}
