package org.linekeeper.asterisk;

import org.linekeeper.estate.PbxId;

/**
 * Who wants to know what a PBX says unasked? Called from threads that serve every PBX: a listener
 * only puts things into a queue of its own, and never waits.
 */
public interface PbxListener {
  /** The PBX took the login, perhaps after a restart that made it forget its role. */
  default void onLogin(PbxId pbx) {}

  /** The session on which it is asked things came up or ended, or could not be had. */
  default void onSession(PbxId pbx, SessionNews news) {}

  /** The PBX ended the session on which it is heard, in good order. */
  default void onEventsEnded(PbxId pbx) {}

  /** The PBX says that it is going down; {@code said} is one clause for people. */
  default void onShutdown(PbxId pbx, String said) {}

  /** The other PBX has called this one, which heard these digits; empty for none. */
  default void onEchoed(PbxId pbx, String digits) {}

  /** Somebody dialled a feature code. */
  default void onFeatureCode(FeatureCodeCall call) {}

  /**
   * The PBX answered a call to its test number, and heard these digits; none if the text is empty.
   */
  default void onCarrierCall(PbxId pbx, String heard) {}
}
