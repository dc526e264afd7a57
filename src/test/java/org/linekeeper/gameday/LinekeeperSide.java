package org.linekeeper.gameday;

import java.time.Duration;
import java.util.List;
import org.linekeeper.lab.Await;

/** Linekeeper with shipped settings, moving the carrier's routing and the role gates. */
final class LinekeeperSide implements Tool.Standby {
  private final Watching watching;

  private LinekeeperSide(Watching watching) {
    this.watching = watching;
  }

  static LinekeeperSide start(House house) {
    LinekeeperSide side =
        new LinekeeperSide(
            Watching.start(house, house.watcher(), List.of(), Watching.NOW_AND_THEN));
    side.watching.awaitCalm();
    house.awaitStandbyHeld();
    return side;
  }

  @Override
  public void primaryServesAgain() {
    watching.awaitHealthy();
    watching.command("failback");
    Await.until(
        "the primary serves again",
        Duration.ofSeconds(20),
        () -> watching.latest().filter(s -> s.calm() && s.active().equals("primary")).isPresent());
  }

  @Override
  public void close() {
    watching.close();
  }
}
