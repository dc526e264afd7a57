package org.linekeeper.simulation;

/** Ways in which Linekeeper could be wrong, to see whether the simulation would notice. */
enum Flaw {
  /** Whoever is to take the address does not wait for the tenure of the one before. */
  NO_TENURE_WAIT(3),
  /** It waits from the renewal before the latest one that it saw. */
  WAITS_FROM_THE_WRONG_MOMENT(3),
  /** A watcher that has just started takes the address as if it had watched all the time. */
  WAIT_FORGOTTEN_AT_A_RESTART(3),
  /** An address that its host keeps is taken when the tenure has passed. */
  KEPT_IS_TAKEN_AFTER_THE_TENURE(296),
  /** Its own question for a renewal is enough for it, whether it was committed or not. */
  ARMS_WITHOUT_A_COMMIT(110),
  /** Whoever leads says that a renewal counted when it has only taken it. */
  ANSWERS_BEFORE_THE_COMMIT(77),
  /** The kernel counts from when it is told, and not from when the renewal was asked for. */
  COUNTS_FROM_WHEN_IT_IS_TOLD(964),
  /** A host says that it has let go, and has not. */
  SAYS_FREED_WITHOUT_LETTING_GO(2),
  /** A leader acts as long as it believes that it leads. */
  ACTS_WITHOUT_THE_RIGHT(1),
  /** A new leader acts at once. */
  NEW_LEADER_DOES_NOT_WAIT(4),
  /** A plan of an epoch that is over counts all the same. */
  NO_EPOCH(4214),
  /** One answer that is missing is taken for a process that is gone. */
  VERDICT_ON_ONE_SIGNAL(13),
  /** What another watcher said some time ago is taken for what it sees now. */
  STALE_VOTES(13),
  /** A watcher that does not answer is taken to see the same. */
  SILENCE_IS_CONSENT(13),
  /** One watcher's sight is enough. */
  NO_VOTES(13),
  /** The gate of the PBX that stands by is not closed. */
  STANDBY_LEFT_OPEN(1),
  /** A gate that was closed stays so until somebody opens it. */
  CLOSED_FOR_EVER(77),
  /** A leader commits without the others. */
  MINORITY_COMMITS(1),
  /** A watcher says that it has written what it has only begun to write. */
  ACKNOWLEDGES_BEFORE_THE_DISK(1739),
  /** The same append that was sent twice counts twice. */
  APPENDS_TWICE(1),
  /** Something is done at the carrier before that is in the journal. */
  ACTS_BEFORE_THE_INTENT(16);

  /** The first seed that has shown it; another one does after some changes of the code. */
  final long shownBy;

  Flaw(long shownBy) {
    this.shownBy = shownBy;
  }
}
