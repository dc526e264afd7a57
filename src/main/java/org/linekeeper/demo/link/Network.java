package org.linekeeper.demo.link;

import java.util.HashSet;
import java.util.Set;

/** Which links carry anything: those that nobody has cut, between parties that have power. */
public final class Network {
  private final Set<Link> cut = new HashSet<>();
  private final Set<String> dark = new HashSet<>();

  /** From now on nothing passes there: what is sent is swallowed, and nobody is told. */
  public synchronized void cut(Link link) {
    cut.add(link);
    notifyAll();
  }

  /** Ends {@link #cut}: what connections have kept to be sent again arrives now. */
  public synchronized void mend(Link link) {
    cut.remove(link);
    notifyAll();
  }

  /** Ends all cuts; a party without power stays so. */
  public synchronized void mendAll() {
    cut.clear();
    notifyAll();
  }

  /** Whether somebody has cut it. */
  public synchronized boolean isCut(Link link) {
    return cut.contains(link);
  }

  /** From now on nothing gets to that party, nor from it, as if its machine had no power. */
  public synchronized void dark(String party) {
    dark.add(party);
    notifyAll();
  }

  /** Ends {@link #dark}. */
  public synchronized void lit(String party) {
    dark.remove(party);
    notifyAll();
  }

  synchronized boolean carries(Link link) {
    return !cut.contains(link) && hasPower(link.one()) && hasPower(link.other());
  }

  synchronized boolean hasPower(String party) {
    return !dark.contains(party);
  }

  synchronized void awaitCarries(Link link) throws InterruptedException {
    while (!carries(link)) {
      wait();
    }
  }
}
