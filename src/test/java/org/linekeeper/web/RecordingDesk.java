package org.linekeeper.web;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.linekeeper.command.Command;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.state.Actor;

/** A desk that writes down what it was asked, and says what it was told to say. */
final class RecordingDesk implements Desk {
  final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile CompletionStage<Told> answer =
      CompletableFuture.completedFuture(
          new Told(true, "Sales (01632 960002) rings on your mobile."));

  void answers(CompletionStage<Told> next) {
    answer = next;
  }

  @Override
  public CompletionStage<Told> say(String words, Actor by) {
    asked.add(by + ": " + words);
    return answer;
  }

  @Override
  public CompletionStage<Told> carryOut(Command command, Actor by) {
    asked.add(by + ": " + command);
    return answer;
  }
}
