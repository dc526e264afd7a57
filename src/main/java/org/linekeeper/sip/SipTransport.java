package org.linekeeper.sip;

/** Over what does SIP travel? As Via writes it. */
public enum SipTransport {
  /** Datagrams: what trunks mostly use. */
  UDP,
  /** A connection, kept open. */
  TCP,
  /** A connection, kept open, encrypted, to somebody whose certificate was checked. */
  TLS
}
