package org.linekeeper.demo.link;

/**
 * The way between two parties, in both directions; the same one whichever of them is named first.
 *
 * @param one whichever name comes first
 * @param other the other one's name
 */
public record Link(String one, String other) {
  /** Puts the names in order. */
  public Link {
    if (one.compareTo(other) > 0) {
      String later = one;
      one = other;
      other = later;
    }
  }

  /** Whether that party is at one of its ends. */
  public boolean touches(String party) {
    return one.equals(party) || other.equals(party);
  }
}
