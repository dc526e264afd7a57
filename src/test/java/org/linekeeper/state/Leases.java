package org.linekeeper.state;

/** What entries make of a lease, for tests that need no whole state. */
public final class Leases {
  private Leases() {}

  /** With one more entry, which must be about the lease. */
  public static Lease after(Lease lease, Entry entry) {
    if (entry instanceof Entry.LeaseRenewed renewed) {
      return lease.renewed(renewed.lease(), renewed.renewal(), renewed.taken(), false);
    }
    if (entry instanceof Entry.LeaseKept kept) {
      return lease.kept(kept.lease(), kept.life(), kept.time());
    }
    if (entry instanceof Entry.LeasePassed passed) {
      return lease.passed(passed.lease(), passed.to());
    }
    if (entry instanceof Entry.LeaseFreed freed) {
      return lease.freed(freed.lease(), freed.pbx(), freed.renewal());
    }
    throw new IllegalArgumentException(entry + " is not about the lease");
  }

  /** The same, renewed by whoever is to keep it from then on. */
  public static Lease kept(Lease lease, String renewal, boolean has) {
    return lease.renewed(lease.number(), renewal, has, true);
  }
}
