package org.linekeeper.state;

import java.util.List;

/**
 * What a name in the DNS says: all its records of one type.
 *
 * @param ttl for how many seconds others may remember it; the same for all records of a name
 * @param values as in a zone file, in their natural order; empty if there is no such record
 */
public record NameRecords(long ttl, List<String> values) {
  /** Sorts its list: the DNS gives records in any order. */
  public NameRecords {
    values = values.stream().sorted().toList();
  }

  /** Whether both say the same, whatever the time for which it may be remembered. */
  public boolean says(NameRecords other) {
    return values.equals(other.values);
  }

  @Override
  public String toString() {
    return values.isEmpty() ? "nothing" : String.join(", ", values);
  }
}
