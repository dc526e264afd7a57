package org.linekeeper.state;

/**
 * The lease and when one watcher saw what of it, taken together: a newer lease with an older watch
 * would let somebody take the address too early.
 */
public record LeaseSeen(Lease lease, LeaseWatch watch) {}
