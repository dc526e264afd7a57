package org.linekeeper.web.api;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.state.Actor;
import org.linekeeper.web.Asking;
import org.linekeeper.web.security.Who;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes commands, in the words of a text message. */
@RestController
final class CommandsApi {
  private final Asking asking;

  CommandsApi(Asking asking) {
    this.asking = asking;
  }

  /** What is asked, such as {@code DIVERT SALES FOR 2H}. */
  record Asked(Optional<String> text) {}

  @PostMapping(path = "/api/commands", produces = MediaType.APPLICATION_JSON_VALUE)
  CompletableFuture<Told> command(@RequestBody Asked asked) {
    String text = asked.text().orElse("").strip();
    if (text.isEmpty()) {
      throw new NotUnderstood("Send {\"text\": \"STATUS\"} or another command as text.");
    }
    if (text.length() > Asking.MOST_CHARACTERS) {
      throw new NotUnderstood("A command has at most " + Asking.MOST_CHARACTERS + " characters.");
    }
    return asking.ask(text, Who.by(Actor.Door.CLI));
  }

  /** There is no command in there. */
  static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String message) {
      super(message);
    }
  }
}
