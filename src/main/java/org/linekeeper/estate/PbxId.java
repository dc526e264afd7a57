package org.linekeeper.estate;

/**
 * The name of one Asterisk of the estate.
 *
 * @param name as written in the configuration, for example {@code primary}
 */
public record PbxId(String name) implements Comparable<PbxId> {
  /** Refuses an empty name. */
  public PbxId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
  }

  @Override
  public int compareTo(PbxId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
