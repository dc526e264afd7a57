package org.linekeeper.gameday;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.linekeeper.lab.SipCall;
import org.linekeeper.lab.SipCaller;

/**
 * Calls that last, with audio: the caller says something fifty times a second, and the office says
 * it back.
 */
final class Conversations implements AutoCloseable {
  /** Says back what it hears; in the lab's office.conf. */
  private static final String ECHO = "441632960199";

  private static final Duration ANSWER = Duration.ofSeconds(8);
  private static final long PACKET_TIME = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<SipCall> calls = new CopyOnWriteArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread talking = new Thread(this::talk, "conversations");

  private Conversations() {}

  /** Returns when so many are up; fails if one in ten could not be begun. */
  static Conversations begin(House house, String address, int count) {
    Conversations all = new Conversations();
    all.talking.setDaemon(true);
    all.talking.start();
    SipCaller caller = new SipCaller(house.network().carrierSip());
    int failed = 0;
    while (all.calls.size() < count) {
      SipCall call = caller.start(new InetSocketAddress(address, 5060), ECHO, ANSWER);
      if (call.result().status() == 200) {
        all.calls.add(call);
      } else {
        call.close();
        failed++;
      }
      if (failed > count / 10) {
        all.close();
        throw new AssertionError(
            "calls cannot be placed: the last one ended with " + call.result());
      }
    }
    return all;
  }

  private void talk() {
    long next = System.nanoTime();
    while (!over.get()) {
      calls.forEach(SipCall::talk);
      next = Math.max(next + PACKET_TIME, System.nanoTime() - PACKET_TIME);
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** Hangs them all up, and tells how many of them the PBX still knew. */
  long end() {
    over.set(true);
    long known = calls.stream().filter(call -> call.hangUp() == 200).count();
    calls.forEach(SipCall::close);
    calls.clear();
    return known;
  }

  @Override
  public void close() {
    end();
  }
}
