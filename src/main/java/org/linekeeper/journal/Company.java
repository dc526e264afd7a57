package org.linekeeper.journal;

/**
 * What it takes to keep a journal with others.
 *
 * @param members who belongs
 * @param leadership whether this watcher may act
 * @param lookout which journals the others keep
 */
record Company(Membership members, Leadership leadership, Lookout lookout)
    implements AutoCloseable {
  void start() {
    members.start();
    leadership.start();
    lookout.start();
  }

  boolean mayAct() {
    return lookout.looked() && leadership.mayAct();
  }

  @Override
  public void close() {
    members.close();
    leadership.close();
    lookout.close();
  }
}
