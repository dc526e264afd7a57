package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A simulated mobile: receives texts, and answers calls or not. Safe for use by any thread. */
public final class Mobile {
  private static final int INBOX_LIMIT = 200;

  /** What the mobile does when it is called. */
  public enum Habit {
    /** Somebody picks up and presses 1 when asked to. */
    ANSWERS,
    /** It rings until the caller gives up. */
    RINGS_OUT,
    /** Switched off: the operator's voicemail picks up, and presses nothing. */
    VOICEMAIL
  }

  /**
   * A text that arrived.
   *
   * @param sid the carrier's MessageSid
   */
  public record Text(String sid, Instant at, String from, String body) {}

  private final String number;
  private final Deque<Text> inbox = new ArrayDeque<>();
  private Habit habit = Habit.ANSWERS;
  private Duration ringsFor = Duration.ZERO;

  Mobile(String number) {
    this.number = number;
  }

  public String number() {
    return number;
  }

  public synchronized Habit habit() {
    return habit;
  }

  /** How long it rings before it is picked up. */
  public synchronized Duration ringsFor() {
    return ringsFor;
  }

  public synchronized void set(Habit wanted, Duration ringing) {
    this.habit = wanted;
    this.ringsFor = ringing;
  }

  /** The latest 200 texts, oldest first. */
  public synchronized List<Text> inbox() {
    return List.copyOf(inbox);
  }

  synchronized void receive(Text text) {
    inbox.addLast(text);
    if (inbox.size() > INBOX_LIMIT) {
      inbox.removeFirst();
    }
  }
}
