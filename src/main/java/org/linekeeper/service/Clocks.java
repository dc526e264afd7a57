package org.linekeeper.service;

import java.time.InstantSource;
import org.linekeeper.time.Ticker;

/**
 * The two ways to know the time.
 *
 * @param time the time of day; the demo's can be moved
 * @param ticker monotonic, for deadlines and silences
 */
public record Clocks(InstantSource time, Ticker ticker) {
  /** This machine's. */
  public static Clocks system() {
    return new Clocks(InstantSource.system(), Ticker.system());
  }
}
