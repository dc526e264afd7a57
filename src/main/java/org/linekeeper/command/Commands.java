package org.linekeeper.command;

import java.util.function.Supplier;
import org.linekeeper.estate.Estate;
import org.linekeeper.state.Actor;

/** What does this command lead to, if this person asks it now? The same for every door. */
public final class Commands {
  private final TargetCheck targets;
  private final Supplier<String> ids;

  /**
   * With the office's policy for targets.
   *
   * @param ids gives a fresh, unique id for each new diversion
   */
  public Commands(TargetCheck targets, Supplier<String> ids) {
    this.targets = targets;
    this.ids = ids;
  }

  /** The effect of a command, or why it is refused; changes nothing by itself. */
  public Effect decide(Situation situation, Command command, Actor actor) {
    return situation
        .state()
        .settings()
        .map(settings -> decide(situation, settings.estate(), command, actor))
        .orElseGet(
            () -> Effect.refused("Linekeeper has no settings yet, so it cannot do anything."));
  }

  private Effect decide(Situation situation, Estate estate, Command command, Actor actor) {
    Authority authority = Authority.of(estate, actor);
    Request request =
        new Request(
            situation.state(),
            estate,
            actor,
            situation.now(),
            authority,
            new Wording(estate, situation.now()),
            ids);
    return authority
        .whyNot(command)
        .map(Effect::refused)
        .orElseGet(() -> command.on(new Permitted(request, situation)));
  }

  /** The command's answer, for somebody who may ask it. */
  private final class Permitted implements Command.Cases<Effect> {
    private final Request request;
    private final Situation situation;

    Permitted(Request request, Situation situation) {
      this.request = request;
      this.situation = situation;
    }

    @Override
    public Effect divert(Command.Divert command) {
      return new Diverting(request, targets).decide(command);
    }

    @Override
    public Effect giveBack(Command.Return command) {
      return new Returning(request).decide(command);
    }

    @Override
    public Effect status(Command.Status command) {
      return Effect.told(new StatusText(request, situation).text(command.what()));
    }

    @Override
    public Effect switchover(Command.Switchover command) {
      return new Operating(request).switchover(command);
    }

    @Override
    public Effect failback(Command.Failback command) {
      return new Operating(request).failback();
    }

    @Override
    public Effect acknowledge(Command.Acknowledge command) {
      return new Operating(request).acknowledge();
    }

    @Override
    public Effect pause(Command.Pause command) {
      return new Operating(request).pause(command);
    }

    @Override
    public Effect resume(Command.Resume command) {
      return new Operating(request).resume();
    }

    @Override
    public Effect setMode(Command.SetMode command) {
      return new Operating(request).setMode(command.mode());
    }

    @Override
    public Effect confirm(Command.Confirm command) {
      return new Operating(request).confirm(command, situation.held());
    }

    @Override
    public Effect acceptDrift(Command.AcceptDrift command) {
      return new Operating(request).acceptDrift(command.number());
    }

    @Override
    public Effect repairDrift(Command.RepairDrift command) {
      return new Operating(request).repairDrift(command.number());
    }

    @Override
    public Effect replaceWatcher(Command.ReplaceWatcher command) {
      return new Operating(request).replaceWatcher(command.watcher(), situation.lostWatchers());
    }

    @Override
    public Effect hostOff(Command.HostOff command) {
      return new Operating(request).hostOff(command.pbx());
    }

    @Override
    public Effect goAlone(Command.GoAlone command) {
      return Effect.refused(
          "That concerns one watcher and is asked of it, before its journal. Nothing was changed.");
    }

    @Override
    public Effect listCommands(Command.ListCommands command) {
      return Effect.told(CommandList.text(request));
    }
  }
}
