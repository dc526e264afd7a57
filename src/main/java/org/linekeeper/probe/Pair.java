package org.linekeeper.probe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Profile;

/**
 * Two PBXs that call and look at one another for Linekeeper's sake. Adds to what is seen of each;
 * has no thread of its own.
 */
public final class Pair implements AutoCloseable {
  private final Profile profile;
  private final Workers workers;
  private final List<Direction> directions;
  private final List<Future<?>> asking = new CopyOnWriteArrayList<>();

  private record Direction(PbxId to, EchoProbe echo, PeerLook look) {
    static Direction of(Side from, Side to, Profile profile) {
      Direction direction =
          new Direction(
              to.pbx(), new EchoProbe(from, to, profile), new PeerLook(from, to, profile));
      to.link()
          .add(
              new PbxListener() {
                @Override
                public void onEchoed(PbxId pbx, String digits) {
                  direction.echo.echoed(digits);
                }
              });
      return direction;
    }
  }

  /**
   * Of two PBXs whose links have not been started yet.
   *
   * @param onePeer the endpoint by which the first knows the second
   * @param otherPeer the endpoint by which the second knows the first
   */
  public Pair(
      PbxProber one,
      String onePeer,
      PbxProber other,
      String otherPeer,
      Profile profile,
      Workers workers) {
    this.profile = profile;
    this.workers = workers;
    Side first = one.side(onePeer);
    Side second = other.side(otherPeer);
    directions =
        List.of(Direction.of(second, first, profile), Direction.of(first, second, profile));
  }

  /** Begins to ask. The second direction half an interval later, so that they do not coincide. */
  public void start() {
    for (int i = 0; i < directions.size(); i++) {
      EchoProbe echo = directions.get(i).echo;
      var every = profile.deep().echoEvery();
      workers.after(
          every.multipliedBy(i + 1L).dividedBy(2),
          () -> asking.add(workers.every(every, echo::ask)));
    }
  }

  /** What was seen of either: a PBX that leaves a question unanswered is looked at. */
  public void saw(Observation seen) {
    for (Direction direction : directions) {
      if (direction.to.equals(seen.pbx())) {
        direction.look.saw(seen);
      }
    }
  }

  @Override
  public void close() {
    asking.forEach(future -> future.cancel(false));
  }
}
