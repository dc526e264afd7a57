package org.linekeeper.estate;

/**
 * The short name of a member of staff in staff.yml.
 *
 * @param name as written in the configuration, for example {@code alice}
 */
public record StaffId(String name) implements Comparable<StaffId> {
  /** Refuses an empty name. */
  public StaffId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
  }

  @Override
  public int compareTo(StaffId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
