package org.linekeeper.verdict;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/**
 * What is remembered of everything that was seen of one PBX.
 *
 * @param pbx which PBX
 * @param began when watching it began, by the watcher's own monotonic clock
 * @param memories what each probe saw last; a probe that has not reported is not in it
 */
record Sight(PbxId pbx, Duration began, Map<Probe, Memory> memories) {

  /** What a report means for the PBX. */
  private enum Meaning {
    GOOD,
    MISS,
    NOT_ASKED;

    static Meaning of(Observation seen) {
      return switch (seen.seen()) {
        case ANSWERED -> GOOD;
        case SILENT, REFUSED, CLOSED, RESET, TURNED_AWAY, FAILED -> MISS;
        case NOT_ASKED -> NOT_ASKED;
      };
    }
  }

  /**
   * What one probe saw.
   *
   * @param latest the latest report
   * @param answeredAt when the latest good answer came; empty if none ever did
   * @param askedAt when the question behind that answer was sent; empty if none ever was
   * @param run how many reports in a row, the latest among them, mean the same: good, not good, or
   *     not asked; none after a new session, if they were about the one before
   * @param runSince when the first of those came
   * @param alike how many reports in a row, the latest among them, saw exactly the same; none after
   *     a new session
   * @param missedAt when the latest report that was not good came; empty if none ever did
   * @param excusedAt when it was last said that it could not be asked: time before that was
   *     nobody's silence; empty if it never was
   * @param path how the network treats its questions
   */
  record Memory(
      Observation latest,
      Optional<Duration> answeredAt,
      Optional<Duration> askedAt,
      int run,
      Duration runSince,
      int alike,
      Optional<Duration> missedAt,
      Optional<Duration> excusedAt,
      Roughness path) {

    static Memory first(Observation seen, Duration every) {
      return new Memory(
              seen,
              Optional.empty(),
              Optional.empty(),
              0,
              seen.at(),
              0,
              Optional.empty(),
              Optional.empty(),
              Roughness.NONE)
          .then(seen, every);
    }

    Memory then(Observation seen, Duration every) {
      boolean goesOn = run > 0 && Meaning.of(latest) == Meaning.of(seen);
      int length = goesOn ? run + 1 : 1;
      Duration since = goesOn ? runSince : seen.at();
      int same = goesOn && latest.seen() == seen.seen() ? alike + 1 : 1;
      Duration asked = seen.at().minus(seen.took());
      if (Meaning.of(seen) != Meaning.GOOD) {
        return new Memory(
            seen,
            answeredAt,
            askedAt,
            length,
            since,
            same,
            Optional.of(seen.at()),
            Meaning.of(seen) == Meaning.NOT_ASKED ? Optional.of(seen.at()) : excusedAt,
            seen.seen() == Seen.SILENT ? path.missed(asked, every) : path);
      }
      // A late answer to an old question must not hide that newer ones are waiting.
      return new Memory(
          seen,
          Optional.of(seen.at()),
          askedAt.filter(a -> a.compareTo(asked) > 0).or(() -> Optional.of(asked)),
          length,
          since,
          same,
          missedAt,
          excusedAt,
          path.answered(asked, seen.took(), every));
    }

    /** What it saw was before the present session, and is not counted with what comes. */
    Memory before() {
      return new Memory(latest, answeredAt, askedAt, 0, runSince, 0, missedAt, excusedAt, path);
    }

    Memory later(Duration shift) {
      Observation shifted =
          new Observation(
              latest.pbx(),
              latest.probe(),
              latest.seen(),
              latest.at().plus(shift),
              latest.took(),
              latest.said());
      return new Memory(
          shifted,
          answeredAt.map(shift::plus),
          askedAt.map(shift::plus),
          run,
          runSince.plus(shift),
          alike,
          missedAt.map(shift::plus),
          excusedAt.map(shift::plus),
          path.later(shift));
    }

    int inARow(Meaning meaning) {
      return Meaning.of(latest) == meaning ? run : 0;
    }

    /** From the first to the latest of the good answers in a row; none was missed between. */
    Duration steady() {
      return inARow(Meaning.GOOD) > 0 ? latest.at().minus(runSince) : Duration.ZERO;
    }

    boolean is(Seen seen) {
      return latest.seen() == seen;
    }
  }

  static Sight beginning(PbxId pbx, Duration now) {
    return new Sight(pbx, now, new EnumMap<>(Probe.class));
  }

  /**
   * With one more report.
   *
   * @param every between two questions of those that are asked all the time
   */
  Sight saw(Observation seen, Duration every) {
    if (silentOnlyAsAmiWas(seen)) {
      return this;
    }
    Map<Probe, Memory> after = new EnumMap<>(memories);
    Memory known = memories.get(seen.probe());
    after.put(seen.probe(), known == null ? Memory.first(seen, every) : known.then(seen, every));
    if (seen.probe() == Probe.AMI_SESSION && seen.seen() == Seen.ANSWERED) {
      // A new session is a new life of the PBX: its predecessor's last words no longer count.
      after.remove(Probe.SHUTDOWN);
      after.remove(Probe.AMI_CONNECT);
      after.remove(Probe.AMI_LOGIN);
      after.remove(Probe.CALL_LIMIT);
      // of these it is kept when they were last heard of, so that a verdict does not go with them
      after.computeIfPresent(Probe.CANARY, (probe, memory) -> memory.before());
      after.computeIfPresent(Probe.REGISTRATIONS, (probe, memory) -> memory.before());
    }
    return new Sight(pbx, began, after);
  }

  /**
   * Test calls are asked for over AMI. That they were not answered while AMI answered nothing
   * either says no more than that, and must not be a second signal.
   */
  private boolean silentOnlyAsAmiWas(Observation seen) {
    Duration asked = seen.at().minus(seen.took());
    return seen.probe() == Probe.CANARY
        && seen.seen() == Seen.SILENT
        && (misses(Probe.AMI_PING) > 0
            || of(Probe.AMI_PING)
                .flatMap(Memory::missedAt)
                .filter(missed -> missed.compareTo(asked) >= 0)
                .isPresent());
  }

  /** The watcher itself stood still for so long: that time was nobody's silence. */
  Sight forgive(Duration stall) {
    Map<Probe, Memory> after = new EnumMap<>(Probe.class);
    memories.forEach((probe, memory) -> after.put(probe, memory.later(stall)));
    return new Sight(pbx, began.plus(stall), after);
  }

  Optional<Memory> of(Probe probe) {
    return Optional.ofNullable(memories.get(probe));
  }

  boolean last(Probe probe, Seen seen) {
    return of(probe).filter(memory -> memory.is(seen)).isPresent();
  }

  /** How many reports in a row, the latest among them, saw exactly that. */
  int inARow(Probe probe, Seen seen) {
    return of(probe).filter(memory -> memory.is(seen)).map(Memory::alike).orElse(0);
  }

  int misses(Probe probe) {
    return inARow(probe, Meaning.MISS);
  }

  int answers(Probe probe) {
    return inARow(probe, Meaning.GOOD);
  }

  int notAsked(Probe probe) {
    return inARow(probe, Meaning.NOT_ASKED);
  }

  /** Whether the latest that each probe has to say is good. */
  boolean allGood() {
    for (Memory memory : memories.values()) {
      if (Meaning.of(memory.latest()) != Meaning.GOOD) {
        return false;
      }
    }
    return true;
  }

  private int inARow(Probe probe, Meaning meaning) {
    return of(probe).map(memory -> memory.inARow(meaning)).orElse(0);
  }

  /** Whether it has reported within that time. */
  boolean reported(Probe probe, Duration within, Duration now) {
    return of(probe)
        .filter(memory -> now.minus(memory.latest().at()).compareTo(within) <= 0)
        .isPresent();
  }

  /** For how long every question has been answered, up to the latest answer. */
  Duration steady(Probe probe) {
    return of(probe).map(Memory::steady).orElse(Duration.ZERO);
  }

  /**
   * For how long the probe has had no answer, counted from when the first unanswered question was
   * due. Zero while it is answered, and while no deadline was missed. On a rough path it begins
   * later: a question that was lost, or whose answer is still on its way, is no silence.
   */
  Duration silence(Probe probe, Duration every, Duration now) {
    if (misses(probe) == 0) {
      return Duration.ZERO;
    }
    Duration asked = of(probe).flatMap(Memory::askedAt).map(every::plus).orElse(began);
    Duration due =
        of(probe).flatMap(Memory::excusedAt).filter(at -> at.compareTo(asked) > 0).orElse(asked);
    Duration silence = now.minus(due).minus(patience(probe, every));
    return silence.isNegative() ? Duration.ZERO : silence;
  }

  /** For how much longer than usual the probe may hear nothing, as the network treats it. */
  Duration patience(Probe probe, Duration every) {
    return of(probe).map(memory -> memory.path().patience(every)).orElse(Duration.ZERO);
  }

  /** Whether the network loses the probe's questions now and then. */
  boolean rough(Probe probe) {
    return of(probe).filter(memory -> memory.path().loses()).isPresent();
  }

  /** Whether a question sent after that moment was answered. */
  boolean answeredAfter(Probe probe, Duration moment) {
    return of(probe).flatMap(Memory::askedAt).filter(at -> at.compareTo(moment) > 0).isPresent();
  }
}
