package org.linekeeper.sip;

import java.util.concurrent.RejectedExecutionException;
import org.linekeeper.net.IoLoop;

/** Who answers when this number is called? Places calls as a carrier or a phone would (a UAC). */
public final class SipCaller {
  private final IoLoop loop;
  private final SipTimers timers;

  /** A caller whose calls all live on one loop. */
  public SipCaller(IoLoop loop, SipTimers timers) {
    this.loop = loop;
    this.timers = timers;
  }

  /** As above, with the RFC's timers. */
  public SipCaller(IoLoop loop) {
    this(loop, SipTimers.RFC_3261);
  }

  /** Places one call, from a socket of its own. Never waits and never throws for the network. */
  public SipCall call(CallRequest request) {
    SipCall call = new SipCall(loop, timers, request);
    try {
      loop.run(call::begin);
    } catch (RejectedExecutionException e) {
      call.fail("Linekeeper is stopping");
    }
    return call;
  }
}
