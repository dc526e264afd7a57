package org.linekeeper.estate;

/**
 * The name of a building or network in which PBXs and phones stand.
 *
 * @param name as written in the configuration, for example {@code head-office}
 */
public record SiteId(String name) implements Comparable<SiteId> {
  /** Refuses an empty name. */
  public SiteId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
  }

  @Override
  public int compareTo(SiteId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
