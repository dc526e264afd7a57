package org.linekeeper.probe;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * Whether a PBX's database takes what is written: a full disk shows nowhere else until phones
 * cannot register. Writes one small row of Linekeeper's own and reads it back.
 */
public final class AstDbProbe {
  private static final String FAMILY = "linekeeper";
  private static final String KEY = "probe";

  /** Each PBX writes some bytes to its disk for it; what it finds moves no call. */
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final AstDb database;
  private final Profile profile;
  private final Workers workers;
  private final Reporter reporter;
  private final Outstanding writes = Outstanding.one();

  /** So that an old row is not taken for the new one. */
  private final AtomicLong number = new AtomicLong();

  /** Asks nothing yet; {@code sink} only enqueues. */
  public AstDbProbe(
      AstDb database,
      Profile profile,
      Workers workers,
      OwnLiveness liveness,
      Consumer<Observation> sink) {
    this.database = database;
    this.profile = profile;
    this.workers = workers;
    reporter = new Reporter(database.pbx(), workers.ticker(), liveness, sink);
  }

  /** Asks now and every 15 s. Ends with the workers. */
  public void start() {
    workers.every(EVERY, () -> writes.ask(this::write));
  }

  private CompletionStage<Void> write() {
    Duration asked = reporter.now();
    String value = Long.toString(number.incrementAndGet());
    return database
        .put(FAMILY, KEY, value, profile.canaryDeadline())
        .thenCombine(
            database.rows(FAMILY, profile.canaryDeadline()),
            (written, rows) ->
                written.then(
                    said ->
                        rows.then(
                            all ->
                                value.equals(all.get(KEY))
                                    ? AmiAnswer.done(said, "AstDB takes what is written")
                                    : AmiAnswer.<String>refused(
                                        "a row that was written is not there"))))
        .thenAccept(answer -> report(answer, asked));
  }

  private void report(AmiAnswer<String> answer, Duration asked) {
    switch (answer.kind()) {
      case DONE -> reporter.answer(Probe.ASTDB, Seen.ANSWERED, asked, answer.said());
      case REFUSED -> reporter.answer(Probe.ASTDB, Seen.FAILED, asked, answer.said());
      case NOT_ALLOWED ->
          reporter.news(
              Probe.ASTDB,
              Seen.NOT_ASKED,
              answer.said() + "; add system to write of the AMI user for AstDB in manager.conf");
      case SILENT, NOT_CONNECTED -> {} // other probes see what that is
    }
  }
}
