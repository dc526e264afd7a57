package org.linekeeper.state;

/**
 * A number that rises with each change of which PBX serves; whoever holds an older one may not act.
 *
 * @param number 0 before the first decision; never falls
 */
public record Epoch(long number) implements Comparable<Epoch> {
  /** Before the first decision. */
  public static final Epoch NONE = new Epoch(0);

  /** The one for the next change. */
  public Epoch next() {
    return new Epoch(number + 1);
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
