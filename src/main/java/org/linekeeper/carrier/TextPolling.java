package org.linekeeper.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linekeeper.estate.PhoneNumber;

/**
 * Which texts to the control number are new since the last look? For offices without an open port
 * for the webhook, and to catch up with texts whose webhook failed. Asks only when told to; a text
 * that came through both doors has the same SID and is dropped by the state, this only spares the
 * journal the repetitions of its own.
 */
public final class TextPolling {
  /**
   * How far before the newest text seen the next question starts: lists at the carrier can lag, and
   * its times are whole seconds.
   */
  static final Duration OVERLAP = Duration.ofMinutes(5);

  /** More than a page holds, so that a flood is not handed on again and again. */
  private static final int MOST_SIDS = 5000;

  private final Carrier carrier;
  private final PhoneNumber control;
  private final Set<String> seen = new LinkedHashSet<>();
  private Instant newest;

  /**
   * @param control the number that staff text
   * @param since texts before that moment are not asked for; by the carrier's clock, such as when
   *     the newest text in the state was received
   */
  public TextPolling(Carrier carrier, PhoneNumber control, Instant since) {
    this.carrier = carrier;
    this.control = control;
    this.newest = since;
  }

  /**
   * Texts not handed on before, oldest first; blocks as long as the carrier's deadline. Nothing is
   * lost by a failed look: the next one starts from the same moment.
   */
  public synchronized Answer<List<InboundText>> poll() {
    return carrier.textsSince(control, newest.minus(OVERLAP)).map(this::fresh);
  }

  synchronized int remembered() {
    return seen.size();
  }

  private List<InboundText> fresh(List<InboundText> texts) {
    List<InboundText> fresh = new ArrayList<>();
    for (InboundText text : texts) {
      if (seen.add(text.sid())) {
        fresh.add(text);
      }
      if (text.received().isAfter(newest)) {
        newest = text.received();
      }
    }
    forgetOldest();
    return fresh;
  }

  private void forgetOldest() {
    int surplus = seen.size() - MOST_SIDS;
    var oldest = seen.iterator();
    for (int i = 0; i < surplus; i++) {
      oldest.next();
      oldest.remove();
    }
  }
}
