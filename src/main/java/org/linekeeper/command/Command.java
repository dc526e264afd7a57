package org.linekeeper.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.Target;

/** Something a person asks of Linekeeper, the same whichever door it came in by. */
public sealed interface Command {
  /** Calls the case for this kind of command. */
  <R> R on(Cases<R> cases);

  /** What somebody must be allowed to do to ask it. */
  Right right();

  /** The sorts of permission. */
  enum Right {
    /** To look: everybody who is known. */
    LOOK,
    /** To move numbers: only those listed for the person. */
    MOVE,
    /** To operate the PBXs and Linekeeper itself. */
    OPERATE
  }

  /** One case for each kind of command. */
  interface Cases<R> {
    /** For {@link Divert}. */
    R divert(Divert command);

    /** For {@link Return}. */
    R giveBack(Return command);

    /** For {@link Status}. */
    R status(Status command);

    /** For {@link Switchover}. */
    R switchover(Switchover command);

    /** For {@link Failback}. */
    R failback(Failback command);

    /** For {@link Acknowledge}. */
    R acknowledge(Acknowledge command);

    /** For {@link Pause}. */
    R pause(Pause command);

    /** For {@link Resume}. */
    R resume(Resume command);

    /** For {@link SetMode}. */
    R setMode(SetMode command);

    /** For {@link Confirm}. */
    R confirm(Confirm command);

    /** For {@link AcceptDrift}. */
    R acceptDrift(AcceptDrift command);

    /** For {@link RepairDrift}. */
    R repairDrift(RepairDrift command);

    /** For {@link ReplaceWatcher}. */
    R replaceWatcher(ReplaceWatcher command);

    /** For {@link HostOff}. */
    R hostOff(HostOff command);

    /** For {@link GoAlone}. */
    R goAlone(GoAlone command);

    /** For {@link ListCommands}. */
    R listCommands(ListCommands command);
  }

  /**
   * Ring numbers on mobiles.
   *
   * @param what which numbers; empty: every number that the person may move
   * @param to who rings, all at once; empty: each number's own targets
   * @param until when it ends by itself; empty: when somebody returns it
   * @param reason why, for the journal
   */
  record Divert(List<Selection> what, List<Target> to, Optional<Instant> until, String reason)
      implements Command {
    /** Copies its lists. */
    public Divert {
      what = List.copyOf(what);
      to = List.copyOf(to);
    }

    @Override
    public Right right() {
      return Right.MOVE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.divert(this);
    }
  }

  /**
   * Ring numbers at the office again.
   *
   * @param what which numbers; empty: every number that the person may move
   * @param force also while no PBX can serve, when they would ring nowhere
   */
  record Return(List<Selection> what, boolean force) implements Command {
    /** Copies its list. */
    public Return {
      what = List.copyOf(what);
    }

    @Override
    public Right right() {
      return Right.MOVE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.giveBack(this);
    }
  }

  /**
   * Say how things are.
   *
   * @param what about these numbers only; empty: about everything
   */
  record Status(List<Selection> what) implements Command {
    /** Copies its list. */
    public Status {
      what = List.copyOf(what);
    }

    @Override
    public Right right() {
      return Right.LOOK;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.status(this);
    }
  }

  /**
   * Let the other PBX serve, while both are healthy.
   *
   * @param to which one; empty: the one that does not serve now
   */
  record Switchover(Optional<PbxId> to) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.switchover(this);
    }
  }

  /** Let the primary serve again. */
  record Failback() implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.failback(this);
    }
  }

  /** Take note of the latest failover, so that another may follow by itself. */
  record Acknowledge() implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.acknowledge(this);
    }
  }

  /**
   * Start nothing by itself for a time.
   *
   * @param until when the pause ends by itself
   * @param reason why, for the journal
   */
  record Pause(Instant until, String reason) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.pause(this);
    }
  }

  /** Stop pausing. */
  record Resume() implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.resume(this);
    }
  }

  /** Set what Linekeeper may do by itself. */
  record SetMode(Rules.Mode mode) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.setMode(this);
    }
  }

  /** Take a watcher in whose journal was lost, in place of what it was before. */
  record ReplaceWatcher(String watcher) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.replaceWatcher(this);
    }
  }

  /**
   * A person has made sure that a PBX's host is off, so that another host may take the floating
   * address which that one would have kept. By the command line only: two hosts would have it
   * otherwise.
   */
  record HostOff(PbxId pbx) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.hostOff(this);
    }
  }

  /**
   * Have the watcher that is left go on without the others, when a majority is lost. By the command
   * line only: whoever says so has to know what became of the others.
   *
   * @param othersAreOff that somebody has made sure of it; else it is only said what it means
   */
  record GoAlone(boolean othersAreOff) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.goAlone(this);
    }
  }

  /**
   * Go ahead with what waits for a person: a held failover in manual mode, a held settings edit.
   *
   * @param what the thing that waits; empty: the only one
   * @param mark which of its kind; empty text: the one that waits now
   */
  record Confirm(Optional<Held.Kind> what, String mark) implements Command {
    boolean means(Held held) {
      return what.map(held.kind()::equals).orElse(true)
          && (mark.isEmpty() || mark.equals(held.mark()));
    }

    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.confirm(this);
    }
  }

  /** Take what somebody else made of a number at the carrier as its new normal. */
  record AcceptDrift(PhoneNumber number) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.acceptDrift(this);
    }
  }

  /** Put a number at the carrier back to what Linekeeper wants it to be. */
  record RepairDrift(PhoneNumber number) implements Command {
    @Override
    public Right right() {
      return Right.OPERATE;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.repairDrift(this);
    }
  }

  /** Say what can be asked. */
  record ListCommands() implements Command {
    @Override
    public Right right() {
      return Right.LOOK;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.listCommands(this);
    }
  }
}
