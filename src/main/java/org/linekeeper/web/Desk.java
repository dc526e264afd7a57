package org.linekeeper.web;

import java.util.concurrent.CompletionStage;
import org.linekeeper.command.Command;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.state.Actor;

/** Where the web's doors bring their commands. */
public interface Desk {
  /** Takes a command in words. */
  CompletionStage<Told> say(String words, Actor by);

  /** Takes a command that a program has put together. */
  CompletionStage<Told> carryOut(Command command, Actor by);

  /** The real one. */
  static Desk of(CommandTaker desk) {
    return new Desk() {
      @Override
      public CompletionStage<Told> say(String words, Actor by) {
        return desk.say(words, by);
      }

      @Override
      public CompletionStage<Told> carryOut(Command command, Actor by) {
        return desk.carryOut(command, by);
      }
    };
  }
}
