package org.linekeeper.state;

import java.util.Optional;

/**
 * The latest renewal of a lease that counted, as some watcher has it committed: proof enough for
 * whoever asked for it, however far its own copy of the journal is behind.
 *
 * @param lease the number of the lease; 0 if there is none
 * @param renewal its name; empty text before the first
 */
public record Counted(long lease, String renewal) {
  /** As that state has it. */
  public static Counted in(State state) {
    Optional<Lease> lease = state.lease();
    return new Counted(lease.map(Lease::number).orElse(0L), lease.map(Lease::renewal).orElse(""));
  }
}
