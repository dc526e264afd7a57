package org.linekeeper.failover;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.linekeeper.command.Command;
import org.linekeeper.command.Text;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.state.Actor;

/** Where every door brings its commands, whichever watcher carries them out. */
public interface CommandTaker {
  /** Takes a command in words from command line, page or API. */
  CompletionStage<Told> say(String words, Actor by);

  /** Takes a command that a program has put together. */
  CompletionStage<Told> carryOut(Command command, Actor by);

  /**
   * Takes a text message to the control number.
   *
   * @return what was said to it; empty if it did not get to a watcher that leads, so that somebody
   *     must bring it once more
   */
  CompletionStage<Optional<Told>> hear(Text text);

  /** Takes a feature code dialled on a desk phone. */
  CompletionStage<Told> dialled(String phone, String staff, String pin, String words);
}
