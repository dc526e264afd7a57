package org.linekeeper.web;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.command.Command;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.Actor;

/**
 * Brings what somebody asks on page or command line to the desk: the words of a text, and besides
 * them MODE, REPAIR, ACCEPT, REPLACE, HOST-OFF and ALONE, which only the login may say.
 */
public final class Asking {
  /** Longer than the desk needs to record and begin anything; its own waits end before. */
  public static final Duration LONGEST = Duration.ofSeconds(20);

  /** The longest command; a text has at most 1,600. */
  public static final int MOST_CHARACTERS = 1_600;

  private static final Pattern MODE =
      Pattern.compile("MODE\\s+(AUTOMATIC|MANUAL|OBSERVE)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DRIFT =
      Pattern.compile("(REPAIR|ACCEPT)\\s+(.+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern HOST_OFF =
      Pattern.compile("HOST-OFF\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern REPLACE =
      Pattern.compile("REPLACE\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern ALONE =
      Pattern.compile("ALONE(\\s+OTHERS-ARE-OFF)?", Pattern.CASE_INSENSITIVE);

  private final Backend backend;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /** At that desk. */
  public Asking(Backend backend) {
    this.backend = backend;
  }

  /**
   * What was said to it; fails with a {@link java.util.concurrent.TimeoutException} when nothing is
   * known after {@link #LONGEST}.
   */
  public CompletableFuture<Told> ask(String words, Actor by) {
    return bounded(asked(words, by))
        .whenComplete(
            (told, fault) -> (told != null && told.accepted() ? accepted : refused).increment());
  }

  /** How many commands were carried out or answered since the start. */
  public double accepted() {
    return accepted.sum();
  }

  /** How many were refused, or met a fault. */
  public double refused() {
    return refused.sum();
  }

  private CompletionStage<Told> asked(String words, Actor by) {
    Matcher mode = MODE.matcher(words.strip());
    Matcher drift = DRIFT.matcher(words.strip());
    if (mode.matches()) {
      Rules.Mode wanted = Rules.Mode.valueOf(mode.group(1).toUpperCase(Locale.ROOT));
      return backend.desk().carryOut(new Command.SetMode(wanted), by);
    }
    if (drift.matches()) {
      boolean repair = drift.group(1).equalsIgnoreCase("REPAIR");
      return drifted(
          drift.group(2), by, repair ? Command.RepairDrift::new : Command.AcceptDrift::new);
    }
    Matcher replace = REPLACE.matcher(words.strip());
    if (replace.matches()) {
      return backend.desk().carryOut(new Command.ReplaceWatcher(replace.group(1)), by);
    }
    Matcher off = HOST_OFF.matcher(words.strip());
    if (off.matches()) {
      return backend.desk().carryOut(new Command.HostOff(new PbxId(off.group(1))), by);
    }
    Matcher alone = ALONE.matcher(words.strip());
    if (alone.matches()) {
      return backend.desk().carryOut(new Command.GoAlone(alone.group(1) != null), by);
    }
    return backend.desk().say(words, by);
  }

  private CompletionStage<Told> drifted(
      String name, Actor by, Function<PhoneNumber, Command> command) {
    Overview seen = backend.overview().get();
    Optional<PhoneNumber> number = Numbers.named(seen, name);
    return number
        .map(n -> backend.desk().carryOut(command.apply(n), by))
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    new Told(
                        false,
                        name.strip()
                            + " is not one of the office's numbers. Nothing was changed.")));
  }

  private static CompletableFuture<Told> bounded(CompletionStage<Told> told) {
    return told.toCompletableFuture().copy().orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
