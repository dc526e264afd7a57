package org.linekeeper.failover;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.command.Asks;
import org.linekeeper.command.Command;
import org.linekeeper.command.Commands;
import org.linekeeper.command.DeskPhone;
import org.linekeeper.command.Effect;
import org.linekeeper.command.Fresh;
import org.linekeeper.command.Grammar;
import org.linekeeper.command.Held;
import org.linekeeper.command.Parsed;
import org.linekeeper.command.RoleChange;
import org.linekeeper.command.Situation;
import org.linekeeper.command.Tally;
import org.linekeeper.command.Text;
import org.linekeeper.command.TextDialogue;
import org.linekeeper.command.Turn;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.routing.Routing;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.SettingsInForce;

/**
 * Where every door brings its commands. One is taken after the other, each only once the journal
 * has the one before, so that the same text through two doors is obeyed once.
 */
public final class CommandDesk implements CommandTaker {
  private static final String NOT_WRITTEN =
      "That could not be recorded in time, so it probably will not happen. Look at the status in a"
          + " moment, and ask again if it is still needed.";

  private static final String OVERTAKEN =
      "That does not wait any more. Nothing was changed; look at the status.";

  private final CommandQueue queue;
  private final Commands commands;
  private final Supplier<TextDialogue> dialogue;
  private final Supplier<DeskPhone> deskPhone;
  private final Edits edits;
  private final SecureRandom random = new SecureRandom();
  private Tally tally = Tally.EMPTY;

  /**
   * @param dialogue asked for each text: its PINs and limits may have been edited meanwhile
   * @param deskPhone asked for each feature code
   * @param edits of the settings files that wait for a person
   */
  public CommandDesk(
      ControlLoop loop,
      Commands commands,
      Supplier<TextDialogue> dialogue,
      Supplier<DeskPhone> deskPhone,
      Edits edits) {
    this.queue = new CommandQueue(loop);
    this.commands = commands;
    this.dialogue = dialogue;
    this.deskPhone = deskPhone;
    this.edits = edits;
  }

  /** Edits of the files that wait for a person; asked on the control thread. */
  public interface Edits {
    /** None ever waits. */
    Edits NONE =
        new Edits() {
          @Override
          public Optional<Held> held() {
            return Optional.empty();
          }

          @Override
          public boolean confirm(Held edit, String by) {
            return false;
          }
        };

    /** The edit that waits. */
    Optional<Held> held();

    /** Puts it in force; false if it does not wait any more. */
    boolean confirm(Held edit, String by);
  }

  /**
   * What was said to a command.
   *
   * @param accepted whether it was carried out or answered
   * @param text for the person; empty text: nothing is to be said at all
   */
  public record Told(boolean accepted, String text) {}

  @Override
  public CompletionStage<Told> say(String words, Actor by) {
    return queue.take(
        parts ->
            parts
                .picture()
                .state()
                .settings()
                .map(SettingsInForce::estate)
                .map(
                    estate ->
                        new Grammar(estate)
                            .parse(words, Optional.empty(), parts.picture().now())
                            .on(new InWords(parts, by)))
                .orElseGet(() -> told(false, "Linekeeper has no settings yet.")));
  }

  @Override
  public CompletionStage<Told> carryOut(Command command, Actor by) {
    return queue.take(parts -> decide(parts, command, by));
  }

  @Override
  public CompletionStage<Optional<Told>> hear(Text text) {
    return queue
        .take(
            parts -> {
              Actor by = new Actor(Actor.Door.SMS, text.from());
              Tally before = tally;
              return aside(parts, by, asked -> dialogue.get().hear(asked, text, fresh(), before));
            })
        .thenApply(Optional::of);
  }

  @Override
  public CompletionStage<Told> dialled(String phone, String staff, String pin, String words) {
    return queue.take(
        parts -> {
          Actor by = new Actor(Actor.Door.DESK_PHONE, staff);
          Tally before = tally;
          return aside(
              parts, by, asked -> deskPhone.get().dial(asked, phone, staff, pin, words, before));
        });
  }

  /**
   * Comparing a PIN takes a tenth of a second on purpose: failover must not wait for that. Nothing
   * else changes the tally meanwhile, since one command is taken after the other.
   */
  private CompletionStage<Told> aside(
      ControlLoop.Parts parts, Actor by, Function<Situation, Turn> converse) {
    Situation asked = situation(parts);
    CompletableFuture<Turn> turn =
        CompletableFuture.supplyAsync(() -> converse.apply(asked), parts.core().urgent());
    CompletableFuture<Told> result = new CompletableFuture<>();
    parts
        .thread()
        .then(
            turn,
            said -> CommandQueue.orDefect(result, () -> taken(parts.now(), said, by)),
            result::completeExceptionally);
    return result;
  }

  private CompletionStage<Told> decide(ControlLoop.Parts parts, Command command, Actor by) {
    Effect effect = commands.decide(situation(parts), command, by);
    return written(parts, effect.entries(), effect.accepted(), effect.reply(), effect.asks(), by);
  }

  private CompletionStage<Told> taken(ControlLoop.Parts parts, Turn turn, Actor by) {
    tally = turn.tally();
    return written(
        parts, turn.entries(), turn.accepted(), turn.reply().orElse(""), turn.asks(), by);
  }

  /** Records first, then sees to what else was asked, then answers. */
  private CompletionStage<Told> written(
      ControlLoop.Parts parts,
      List<Entry> entries,
      boolean accepted,
      String reply,
      Asks asks,
      Actor by) {
    CompletionStage<?> recorded =
        entries.isEmpty()
            ? CompletableFuture.completedFuture(true)
            : parts.core().journal().append(entries);
    CompletableFuture<Told> result = new CompletableFuture<>();
    parts
        .thread()
        .then(
            recorded,
            ok ->
                CommandQueue.orDefect(
                    result,
                    () -> {
                      promise(parts, by);
                      return seeTo(parts.now(), asks, accepted, reply, by);
                    }),
            // Who would have been met with silence is: a replayed text, a stranger.
            notCommitted -> result.complete(new Told(false, reply.isEmpty() ? "" : NOT_WRITTEN)));
    return result;
  }

  /** Whoever moves numbers by text is told by text when they have moved. */
  private static void promise(ControlLoop.Parts parts, Actor by) {
    if (by.door() == Actor.Door.SMS && PhoneNumber.isE164(by.name())) {
      Picture before = parts.picture();
      Picture after = parts.now().picture();
      parts
          .followups()
          .promise(
              new PhoneNumber(by.name()),
              Routing.wanted(before.state(), after.now()),
              Routing.wanted(after.state(), after.now()));
    }
  }

  private CompletionStage<Told> seeTo(
      ControlLoop.Parts parts, Asks asks, boolean accepted, String reply, Actor by) {
    if (asks.roleChange().isPresent()) {
      return change(parts, asks.roleChange().get(), reply);
    }
    if (asks.confirmed().isPresent()) {
      return confirm(parts, asks.confirmed().get(), reply, by);
    }
    if (asks.repair().isPresent()) {
      boolean begun = parts.redirects().repair(parts.picture(), asks.repair().get());
      return begun
          ? told(true, reply)
          : told(false, "That cannot be repaired right now; look at the status and try again.");
    }
    asks.replaced().ifPresent(parts.core().journal()::replace);
    return told(accepted, reply);
  }

  private CompletionStage<Told> change(ControlLoop.Parts parts, RoleChange change, String reply) {
    Optional<String> whyNot = parts.roles().whyNot(parts.picture(), change.to());
    if (whyNot.isPresent()) {
      return told(false, "Nothing was switched: " + whyNot.get() + ".");
    }
    PbxId from = parts.picture().state().active().orElseThrow();
    CompletableFuture<Told> result = new CompletableFuture<>();
    parts
        .thread()
        .then(
            parts.core().pbxs().readyToLeave(from),
            ready -> CommandQueue.orDefect(result, () -> begin(parts.now(), change, reply, ready)),
            result::completeExceptionally);
    return result;
  }

  private static CompletionStage<Told> begin(
      ControlLoop.Parts parts, RoleChange change, String reply, Outcome ready) {
    Optional<String> whyNot =
        ready.kind() == Outcome.Kind.REJECTED
            ? Optional.of(ready.said())
            : parts.roles().whyNot(parts.picture(), change.to());
    if (whyNot.isPresent()) {
      return told(false, "Nothing was switched: " + whyNot.get() + ".");
    }
    return onceWritten(
        parts.roles().begin(parts.picture(), change.kind(), change.to(), reason(change)),
        ready.said().isEmpty() ? reply : reply + " " + ready.said());
  }

  /** Nobody may go to bed on a promise that only memory holds. */
  private static CompletionStage<Told> onceWritten(CompletionStage<?> recorded, String reply) {
    return recorded.handle(
        (written, notCommitted) ->
            notCommitted == null ? new Told(true, reply) : new Told(false, NOT_WRITTEN));
  }

  private static String reason(RoleChange change) {
    return change.by()
        + (change.kind() == Plan.Kind.FAILBACK ? " let " : " switched to ")
        + change.to()
        + (change.kind() == Plan.Kind.FAILBACK ? " serve again" : "");
  }

  private CompletionStage<Told> confirm(
      ControlLoop.Parts parts, Held held, String reply, Actor by) {
    if (held.kind() == Held.Kind.EDIT) {
      return edits.confirm(held, by.toString()) ? told(true, reply) : told(false, OVERTAKEN);
    }
    return parts
        .roles()
        .confirm(parts.picture(), held)
        .map(recorded -> onceWritten(recorded, reply))
        .orElseGet(() -> told(false, OVERTAKEN));
  }

  private static CompletionStage<Told> told(boolean accepted, String text) {
    return CompletableFuture.completedFuture(new Told(accepted, text));
  }

  private Situation situation(ControlLoop.Parts parts) {
    String watching =
        parts.picture().verdicts().values().stream()
            .map(verdict -> verdict.pbx() + ": " + verdict.kind().words())
            .collect(Collectors.joining(", "));
    List<Held> held = Stream.concat(parts.roles().held().stream(), edits.held().stream()).toList();
    return new Situation(
        parts.picture().state(),
        parts.picture().now(),
        watching,
        held,
        parts.core().journal().standing().lost());
  }

  private Fresh fresh() {
    byte[] salt = new byte[18];
    random.nextBytes(salt);
    return new Fresh(
        String.format(java.util.Locale.ROOT, "%06d", random.nextInt(1_000_000)),
        Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
  }

  /** What words from command line and page can turn out to be; the login stands for a code. */
  private final class InWords implements Parsed.Cases<CompletionStage<Told>> {
    private final ControlLoop.Parts parts;
    private final Actor by;

    private InWords(ControlLoop.Parts parts, Actor by) {
      this.parts = parts;
      this.by = by;
    }

    @Override
    public CompletionStage<Told> understood(Parsed.Understood parsed) {
      return decide(parts, parsed.command(), by);
    }

    @Override
    public CompletionStage<Told> notUnderstood(Parsed.NotUnderstood parsed) {
      return told(false, parsed.explanation());
    }

    @Override
    public CompletionStage<Told> code(Parsed.Code parsed) {
      return told(false, "Digits alone are not a command. Nothing was changed.");
    }

    @Override
    public CompletionStage<Told> reserved(Parsed.Reserved parsed) {
      return told(false, parsed.word() + " is not a command. Nothing was changed.");
    }
  }
}
