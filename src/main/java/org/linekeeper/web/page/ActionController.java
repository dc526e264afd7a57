package org.linekeeper.web.page;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.state.Actor;
import org.linekeeper.web.Asking;
import org.linekeeper.web.security.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Takes what people ask for by the page's buttons and forms. */
@Controller
final class ActionController {
  private static final Logger LOG = LoggerFactory.getLogger(ActionController.class);

  private final Asking asking;

  ActionController(Asking asking) {
    this.asking = asking;
  }

  /** A command in words, as a button or somebody's own hands wrote it. */
  @PostMapping("/say")
  CompletableFuture<ModelAndView> say(
      @RequestParam("text") String text,
      @RequestHeader(name = "HX-Request", required = false) String htmx) {
    return ask(text, htmx != null);
  }

  /** The form that diverts numbers. */
  @PostMapping("/divert")
  CompletableFuture<ModelAndView> divert(
      @RequestParam("what") String what,
      @RequestParam(name = "to", defaultValue = "") String to,
      @RequestParam(name = "other", defaultValue = "") String other,
      @RequestParam(name = "ends", defaultValue = "") String ends,
      @RequestHeader(name = "HX-Request", required = false) String htmx) {
    String who = other.isBlank() ? to.strip() : other.strip();
    String text =
        "DIVERT " + what.strip() + (who.isEmpty() ? "" : " TO " + who) + " " + ends.strip();
    return ask(text.strip(), htmx != null);
  }

  private CompletableFuture<ModelAndView> ask(String text, boolean htmx) {
    CompletableFuture<Told> told =
        text.isBlank() || text.length() > Asking.MOST_CHARACTERS
            ? CompletableFuture.completedFuture(
                new Told(
                    false, "Write a command of at most " + Asking.MOST_CHARACTERS + " characters."))
            : asking.ask(text, Who.by(Actor.Door.PAGE));
    return told.exceptionally(ActionController::notKnown)
        .thenApply(answer -> htmx ? inPlace(answer) : onItsOwn(answer));
  }

  private static Told notKnown(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof TimeoutException) {
      return new Told(
          false,
          "There is no answer yet, and what you asked for may still happen. Look before you repeat"
              + " it.");
    }
    LOG.error("a command from the page met a defect in Linekeeper", fault);
    return new Told(
        false,
        "That met a defect in Linekeeper. Whether anything was changed is in the journal; the log"
            + " has the details.");
  }

  private static ModelAndView inPlace(Told told) {
    return new ModelAndView("parts :: told").addObject("told", told);
  }

  /** Without scripts: a page that says it, with the way back. */
  private static ModelAndView onItsOwn(Told told) {
    return new ModelAndView("told").addObject("told", told);
  }
}
