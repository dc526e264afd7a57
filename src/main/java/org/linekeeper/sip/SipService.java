package org.linekeeper.sip;

/** What is said to those who ask or call a {@link SipServer}? Called on its loop's thread. */
public interface SipService {
  /** The answer to OPTIONS. */
  SipReply options(SipMessage request);

  /** The answer to a call; {@link SipMessage#dialled()} tells for whom. */
  SipReply invite(SipMessage request);

  /** A call was answered and the caller has confirmed it. */
  default void answered(SipMessage invite) {}

  /** An answered call is over, whoever ended it. */
  default void ended(SipMessage invite) {}
}
