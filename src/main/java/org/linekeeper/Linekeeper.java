package org.linekeeper;

/** Where the jar starts. */
public final class Linekeeper {
  private Linekeeper() {}

  /** Runs the command named by the first argument. */
  public static void main(String[] args) {}
}
