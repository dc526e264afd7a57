package org.linekeeper.web.page;

import org.linekeeper.command.Held;
import org.linekeeper.failover.Decision;
import org.linekeeper.failover.Overview;
import org.linekeeper.web.Level;
import org.linekeeper.web.OfficeWords;

/**
 * What Linekeeper makes of it.
 *
 * @param level calm, holding back, or acting
 * @param sentence the decision with its reason
 * @param confirm the words that confirm it; empty text if it does not wait for anybody
 */
record DecisionView(Level level, String sentence, String confirm) {
  static DecisionView of(Overview seen, OfficeWords words) {
    Decision decision = seen.decision();
    return new DecisionView(
        level(decision.kind()),
        lead(decision) + words.plain(decision.reason()) + ".",
        confirm(decision));
  }

  /** What is left when the sentence cannot be written: it can still be confirmed. */
  static DecisionView unknown(Overview seen) {
    Decision decision = seen.decision();
    return new DecisionView(
        level(decision.kind()), lead(decision) + "see the log.", confirm(decision));
  }

  private static String confirm(Decision decision) {
    return decision.held().map(Held::words).orElse("");
  }

  private static Level level(Decision.Kind kind) {
    return switch (kind) {
      case REST -> Level.OK;
      case HOLD, END_EMERGENCY -> Level.WARN;
      case FAIL_OVER, BEGIN_EMERGENCY -> Level.BAD;
    };
  }

  private static String lead(Decision decision) {
    String what =
        switch (decision.kind()) {
          case REST -> "Nothing to do: ";
          case HOLD -> "Holding back: ";
          case FAIL_OVER -> "fail over to " + decision.to().map(Object::toString).orElse("") + ": ";
          case BEGIN_EMERGENCY -> "send every number to mobiles: ";
          case END_EMERGENCY -> "send the numbers back to the office: ";
        };
    if (!decision.acts()) {
      return what;
    }
    return switch (decision.permission()) {
      case DO -> "Acting now, to " + what;
      case ASK -> "Waiting for a confirmation to " + what;
      case SAY -> "Only watching; would " + what;
    };
  }
}
