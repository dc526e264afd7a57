package org.linekeeper.estate;

/**
 * The name of a group of office numbers that are moved together.
 *
 * @param name as written in the configuration, for example {@code sales}
 */
public record GroupId(String name) implements Comparable<GroupId> {
  /** Refuses an empty name. */
  public GroupId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
  }

  @Override
  public int compareTo(GroupId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
