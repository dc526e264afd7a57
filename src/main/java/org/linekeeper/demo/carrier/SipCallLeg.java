package org.linekeeper.demo.carrier;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.sip.CallRequest;
import org.linekeeper.sip.CallResult;
import org.linekeeper.sip.SipCall;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.sip.SipTarget;

/** Rings PBXs by real SIP. */
public final class SipCallLeg implements CallLeg {
  private static final Pattern URI =
      Pattern.compile("sip:(?:[^@]*@)?(\\[[0-9a-fA-F:]+]|[^:;?\\[\\]]+)(?::([0-9]{1,5}))?(;.*)?");

  /** For a final answer that crosses the deadline on its way. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** How long a call is up whose digits are to be heard. */
  static final Duration KEYING = Duration.ofSeconds(8);

  private final SipCaller caller;
  private final Duration talk;

  /**
   * @param talk how long the outside world stays on an answered call before it hangs up
   */
  public SipCallLeg(SipCaller caller, Duration talk) {
    this.caller = caller;
    this.talk = talk;
  }

  @Override
  public LegOutcome place(String sipUri, String to, String from, Duration deadline) {
    return place(sipUri, to, from, deadline, "");
  }

  @Override
  public LegOutcome place(String sipUri, String to, String from, Duration deadline, String digits) {
    Matcher uri = URI.matcher(sipUri);
    if (!uri.matches()) {
      return LegOutcome.silent("not a SIP URI: " + sipUri);
    }
    int port = uri.group(2) == null ? 5060 : Integer.parseInt(uri.group(2));
    InetSocketAddress address = new InetSocketAddress(uri.group(1), port);
    if (address.isUnresolved()) {
      return LegOutcome.silent("no address for " + uri.group(1));
    }
    boolean tcp = uri.group(3) != null && uri.group(3).contains("transport=tcp");
    SipTarget target = tcp ? SipTarget.tcp(address) : SipTarget.udp(address);
    Duration up = digits.isEmpty() ? talk : KEYING;
    SipCall call = caller.call(CallRequest.of(target, to, from, deadline, up).keying(digits));
    return wait(call, deadline.plus(GRACE));
  }

  private static LegOutcome wait(SipCall call, Duration longest) {
    CompletableFuture<CallResult> result = call.result().toCompletableFuture();
    try {
      return read(result.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      call.hangUp();
      return LegOutcome.silent("the SIP caller did not come back");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a bug in the SIP caller", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.hangUp();
      return LegOutcome.silent("the simulated carrier is closing");
    }
  }

  private static LegOutcome read(CallResult result) {
    return new LegOutcome(result.status(), result.server(), result.sentence());
  }
}
