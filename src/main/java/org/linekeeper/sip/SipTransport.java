package org.linekeeper.sip;

/** Over what does SIP travel? As Via writes it. */
public enum SipTransport {
  /** Datagrams: what trunks mostly use. */
  UDP,
  /** A connection, kept open. */
  TCP
}
