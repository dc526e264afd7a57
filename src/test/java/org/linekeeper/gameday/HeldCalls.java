package org.linekeeper.gameday;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.linekeeper.lab.LabOffice;
import org.linekeeper.lab.SipCall;
import org.linekeeper.lab.SipCaller;

/** Calls at the primary that nobody hangs up. */
final class HeldCalls {
  private static final int TRIES = 200;
  private static final List<SipCall> CALLS = new ArrayList<>();

  private HeldCalls() {}

  /** Places calls until so many are up; others may be in the way for moments. */
  static void begin(House house, int count) {
    SipCaller caller = new SipCaller(house.network().carrierSip());
    for (int tries = 0; CALLS.size() < count && tries < TRIES; tries++) {
      SipCall call = caller.start(house.primary().sip(), LabOffice.MAIN, Duration.ofSeconds(2));
      if (call.result().status() == 200) {
        CALLS.add(call);
      } else {
        call.close();
      }
    }
  }

  static long up() {
    return CALLS.size();
  }

  /** Hangs them all up, and tells how many of them the PBX still knew. */
  static long end() {
    long known = CALLS.stream().filter(call -> call.hangUp() == 200).count();
    CALLS.clear();
    return known;
  }
}
