package org.linekeeper.command;

/** What a text turned out to be. */
public sealed interface Parsed {
  /** Calls the case for what it is. */
  <R> R on(Cases<R> cases);

  /** One case for each thing a text can be. */
  interface Cases<R> {
    /** For {@link Understood}. */
    R understood(Understood parsed);

    /** For {@link Code}. */
    R code(Code parsed);

    /** For {@link NotUnderstood}. */
    R notUnderstood(NotUnderstood parsed);

    /** For {@link Reserved}. */
    R reserved(Reserved parsed);
  }

  /**
   * A command.
   *
   * @param command what is asked
   * @param text the words it was read from, tidied, with times of day as dates and without a PIN:
   *     reading it again a few minutes later means the same
   * @param pin the PIN given with it; empty if none
   */
  record Understood(Command command, String text, Pin pin) implements Parsed {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.understood(this);
    }
  }

  /**
   * Digits and nothing else: the answer to a challenge.
   *
   * @param digits 4 to 8 digits
   */
  record Code(Pin digits) implements Parsed {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.code(this);
    }
  }

  /**
   * Nothing that can be obeyed.
   *
   * @param explanation what was not understood and what would be, for the sender
   */
  record NotUnderstood(String explanation) implements Parsed {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.notUnderstood(this);
    }
  }

  /**
   * One of the words that the carrier answers itself.
   *
   * @param word in upper case
   */
  record Reserved(String word) implements Parsed {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.reserved(this);
    }
  }

  /**
   * Digits that must not be shown.
   *
   * @param digits the digits; empty text if none were given
   */
  record Pin(String digits) {
    /** None was given. */
    public static final Pin NONE = new Pin("");

    /** Whether one was given. */
    public boolean given() {
      return !digits.isEmpty();
    }

    /** Never the digits: this ends up in logs. */
    @Override
    public String toString() {
      return given() ? "****" : "none";
    }
  }
}
