package org.linekeeper.command;

import java.util.Optional;
import org.linekeeper.state.Challenge;
import org.linekeeper.state.Entry;

/** Asks for a code before a text is obeyed, and takes the answer. */
final class Challenges {
  /** So much of a command fits into an answer about it. */
  private static final int LATEST = 60;

  private final Hearing hearing;
  private final Commands commands;
  private final DialogueRules rules;
  private final Fresh fresh;

  Challenges(Hearing hearing, Commands commands, DialogueRules rules, Fresh fresh) {
    this.hearing = hearing;
    this.commands = commands;
    this.rules = rules;
    this.fresh = fresh;
  }

  /** Takes the place of a challenge that is still open. */
  Turn issue(String command, Effect effect) {
    Challenge challenge =
        new Challenge(
            command,
            CodeHash.of(fresh.salt(), fresh.code()),
            hearing.situation().now().plus(rules.codeLife()),
            0);
    return hearing.says(
        command + ": a code was sent back",
        "Reply "
            + fresh.code()
            + " within "
            + rules.codeLife().toMinutes()
            + " minutes to "
            + effect.intent()
            + ". If you did not ask for this, do not reply."
            + replaced(command),
        issued(challenge));
  }

  /** Whoever's sender is forged learns that their own command waits no more. */
  private String replaced(String command) {
    return open()
        .filter(earlier -> hearing.situation().now().isBefore(earlier.expires()))
        .map(Challenge::commandText)
        .filter(earlier -> !earlier.equals(command))
        .map(earlier -> " This replaces " + Wording.cut(earlier) + ".")
        .orElse("");
  }

  /** The latest command counts: after a refused one, the code of an earlier one is void. */
  Turn refused(String command, Effect effect) {
    return open()
        .map(earlier -> hearing.obeyed(command, effect, closed("another command came")))
        .orElseGet(() -> hearing.obeyed(command, effect));
  }

  Turn answer(Parsed.Pin code) {
    return open()
        .map(challenge -> answer(challenge, code))
        .orElseGet(
            () ->
                hearing.says(
                    "a code, but no command waits for one",
                    "No command of yours waits for a code. Text the command again, for example"
                        + " DIVERT, and reply with the new code."));
  }

  private Turn answer(Challenge challenge, Parsed.Pin code) {
    if (!hearing.situation().now().isBefore(challenge.expires())) {
      return hearing.says(
          "a code, too late",
          "That code came too late: it was good until "
              + wording().time(challenge.expires())
              + ". Nothing was changed. For a new code, text again: "
              + challenge.commandText(),
          closed("its time had passed"));
    }
    return CodeHash.matches(challenge.codeHash(), code.digits())
        ? right(challenge)
        : wrong(challenge);
  }

  private Turn wrong(Challenge challenge) {
    int tries = challenge.wrongTries() + 1;
    if (tries < rules.wrongCodes()) {
      return hearing.says(
          "a wrong code",
          "That is not the code for the latest command, "
              + Wording.cut(challenge.commandText(), LATEST)
              + ". Nothing was changed. Reply with the 6 digits of the latest text; if that command"
              + " is not yours, somebody pretends to be you: text your own again.",
          issued(
              new Challenge(
                  challenge.commandText(), challenge.codeHash(), challenge.expires(), tries)));
    }
    return hearing.says(
        "a wrong code, the last one allowed",
        "That is not the code, and it was the last try. Nothing was changed. For a new code, text"
            + " again: "
            + challenge.commandText(),
        closed("wrong codes"),
        new Entry.Noted(
            hearing.situation().now(),
            Entry.Noted.Weight.WARNING,
            tries
                + " wrong codes came from the mobile of "
                + hearing.staff().name()
                + "; if it was not them, somebody forges their number"));
  }

  /** Reads and judges the stored words again: in these minutes anything may have changed. */
  private Turn right(Challenge challenge) {
    return new Grammar(hearing.estate())
        .parse(
            challenge.commandText(), Optional.of(hearing.staff().id()), hearing.situation().now())
        .on(new Confirmed(challenge.commandText()));
  }

  private final class Confirmed implements Parsed.Cases<Turn> {
    private final String text;

    Confirmed(String text) {
      this.text = text;
    }

    @Override
    public Turn understood(Parsed.Understood parsed) {
      Effect effect = commands.decide(hearing.situation(), parsed.command(), hearing.actor());
      return hearing.obeyed(text + ", confirmed by code", effect, closed("answered"));
    }

    @Override
    public Turn notUnderstood(Parsed.NotUnderstood parsed) {
      return hearing.says(
          text + ", confirmed by code, but it means nothing any more",
          parsed.explanation(),
          closed("answered, but too late to be understood"));
    }

    @Override
    public Turn code(Parsed.Code parsed) {
      throw new IllegalStateException("a challenge holds a command, not a code");
    }

    @Override
    public Turn reserved(Parsed.Reserved parsed) {
      throw new IllegalStateException("a challenge holds a command, not a word of the carrier's");
    }
  }

  private Optional<Challenge> open() {
    return Optional.ofNullable(hearing.situation().state().challenges().get(hearing.staff().id()));
  }

  private Entry issued(Challenge challenge) {
    return new Entry.ChallengeIssued(hearing.situation().now(), hearing.staff().id(), challenge);
  }

  private Entry closed(String why) {
    return new Entry.ChallengeClosed(hearing.situation().now(), hearing.staff().id(), why);
  }

  private Wording wording() {
    return new Wording(hearing.estate(), hearing.situation().now());
  }
}
