package org.linekeeper.sip;

/** What is wrong with these bytes, that they are no SIP message? The message says it. */
public final class SipFormatException extends Exception {
  private static final long serialVersionUID = 1;

  SipFormatException(String message) {
    super(message);
  }
}
