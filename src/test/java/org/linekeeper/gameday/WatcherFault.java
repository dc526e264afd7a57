package org.linekeeper.gameday;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/** What can befall one of three watchers, the host it stands on, or a link between two of them. */
record WatcherFault(Kind kind, String one, String other) {
  /** The sorts of fault. */
  enum Kind {
    /** SIGTERM of the watcher, which is started again soon: a restart. */
    ENDED,
    /** kill -9 of the watcher. */
    KILLED,
    /** SIGSTOP of the watcher for some seconds. */
    PAUSED,
    /** The watcher's own port is cut off from the other two; its host is well. */
    CUT_OFF,
    /** Its host loses its power: watcher and PBX are gone, the cable is dead. */
    HOST_DEAD,
    /** Watcher and PBX stand still, as processes do; the kernel goes on. */
    HOST_PAUSED,
    /** Its host's cable is pulled. */
    HOST_CUT,
    /** Nothing comes through between the two hosts, either way. */
    LINK_CUT,
    /** Its host hears nothing of the other one, which hears it. */
    DEAF,
    /** It is paused, and a moment later its host's cable is pulled. */
    PAUSED_THEN_CUT
  }

  private static final List<String> WATCHERS =
      List.of(ThreeSide.ONE, ThreeSide.TWO, ThreeSide.WITNESS);

  static List<WatcherFault> all() {
    List<WatcherFault> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < WATCHERS.size(); i++) {
        String one = WATCHERS.get(i);
        switch (kind) {
          case LINK_CUT -> {
            WATCHERS.stream()
                .skip(i + 1)
                .forEach(other -> all.add(new WatcherFault(kind, one, other)));
            if (i > 0) { // callers do not get to the PBX that serves: only a person knows why
              all.add(new WatcherFault(kind, one, House.CARRIER));
            }
          }
          case DEAF ->
              WATCHERS.stream()
                  .filter(other -> !other.equals(one))
                  .forEach(other -> all.add(new WatcherFault(kind, one, other)));
          default -> all.add(new WatcherFault(kind, one, ""));
        }
      }
    }
    return all;
  }

  static WatcherFault named(String title) {
    return all().stream()
        .filter(fault -> fault.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not known: " + title));
  }

  /** Such as {@code link-cut:watcher-1:witness}. */
  String title() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":" + one;
    return other.isEmpty() ? name : name + ":" + other;
  }

  void strike(House house, ThreeSide side) {
    switch (kind) {
      case ENDED -> signal(side, "TERM");
      case KILLED -> signal(side, "KILL");
      case PAUSED -> signal(side, "STOP");
      case CUT_OFF -> side.host(one).cutOffFromWatchers();
      case HOST_DEAD -> {
        side.host(one).cut();
        signal(side, "KILL");
        pbx(house).ifPresent(LabPbx::kill9);
      }
      case HOST_PAUSED -> {
        signal(side, "STOP");
        pbx(house).ifPresent(LabPbx::sigstop);
      }
      case HOST_CUT -> side.host(one).cut();
      case LINK_CUT -> side.host(one).loseSightOf(otherHost(house, side).address());
      case DEAF -> side.host(one).ban(side.host(other).address());
      case PAUSED_THEN_CUT -> {
        signal(side, "STOP");
        Await.pause(Duration.ofMillis(100));
        side.host(one).cut();
      }
    }
  }

  void mend(House house, ThreeSide side) throws Exception {
    LabHost host = side.host(one);
    switch (kind) {
      case ENDED, KILLED -> side.begin(one, Watching.NOW_AND_THEN);
      case PAUSED -> signal(side, "CONT");
      case CUT_OFF, LINK_CUT, DEAF -> host.clear();
      case HOST_DEAD -> {
        // a machine that was switched off comes back without the address
        side.service().drop(host);
        host.heal();
        if (pbx(house).isPresent()) {
          pbx(house).get().start();
        }
        side.begin(one, Watching.NOW_AND_THEN);
      }
      case HOST_PAUSED -> {
        if (pbx(house).isPresent()) {
          pbx(house).get().sigcont();
        }
        signal(side, "CONT");
      }
      case HOST_CUT -> host.heal();
      case PAUSED_THEN_CUT -> {
        host.heal();
        signal(side, "CONT");
      }
    }
  }

  /** Whether the address is to leave the host that has it. */
  boolean moves() {
    return one.equals(ThreeSide.ONE)
        && kind != Kind.ENDED
        && kind != Kind.LINK_CUT
        && kind != Kind.DEAF;
  }

  /** Whether a majority is left without it: then it is the one that may begin nothing. */
  boolean isolates() {
    return kind != Kind.LINK_CUT && kind != Kind.DEAF;
  }

  /** What of it may not arrive on the other side while it lasts; empty if nothing is cut. */
  Optional<String> severed(ThreeSide side) {
    String from = "src host " + side.host(one).address();
    return switch (kind) {
      case ENDED, KILLED, PAUSED, HOST_PAUSED, DEAF -> Optional.empty();
      case CUT_OFF -> Optional.of(from + " and tcp port 7070");
      case HOST_DEAD, HOST_CUT, LINK_CUT, PAUSED_THEN_CUT -> Optional.of(from);
    };
  }

  /** Who is on the other side of what is cut. */
  List<LabHost> otherSide(House house, ThreeSide side) {
    if (kind == Kind.LINK_CUT) {
      return List.of(otherHost(house, side));
    }
    List<LabHost> others = new ArrayList<>(List.of(house.carrier()));
    WATCHERS.stream().filter(name -> !name.equals(one)).map(side::host).forEach(others::add);
    return others;
  }

  private void signal(ThreeSide side, String name) {
    Shell.run("kill", "-s", name, Long.toString(side.watcher(one).pid()));
  }

  private Optional<LabPbx> pbx(House house) {
    return switch (one) {
      case ThreeSide.ONE -> Optional.of(house.primary());
      case ThreeSide.TWO -> Optional.of(house.standby());
      default -> Optional.empty();
    };
  }

  private LabHost otherHost(House house, ThreeSide side) {
    return other.equals(House.CARRIER) ? house.carrier() : side.host(other);
  }
}
