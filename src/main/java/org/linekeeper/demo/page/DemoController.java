package org.linekeeper.demo.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.demo.office.DemoWatcher;
import org.linekeeper.demo.page.DemoView.Part;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.StaffId;
import org.linekeeper.failover.CommandDesk.Told;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** Takes what people do to the demo's world, and shows its cards anew. */
@Controller
final class DemoController {
  private static final int LONGEST_TEXT = 1_600;

  /** Where forms lead that were sent without scripts. */
  private static final String BACK = "redirect:/";

  private final DemoOffice office;
  private final DemoViews views;
  private final CallBoard board;
  private final Threads threads;

  DemoController(DemoOffice office, DemoViews views, CallBoard board, Threads threads) {
    this.office = office;
    this.views = views;
    this.board = board;
    this.threads = threads;
  }

  /** What is done to a PBX, in the order of the buttons. */
  enum Fault {
    KILL("killed"),
    HANG("hung"),
    CUT_OFF("cut off"),
    LOSE_SIP("made to lose SIP"),
    SHUT_DOWN("shut down"),
    BRING_BACK("brought back");

    private final String done;

    Fault(String done) {
      this.done = done;
    }

    private void to(SimulatedPbx pbx) throws IOException {
      switch (this) {
        case KILL -> pbx.kill();
        case HANG -> pbx.hang();
        case CUT_OFF -> pbx.cutOff();
        case LOSE_SIP -> pbx.sipOnlyLoss();
        case SHUT_DOWN -> pbx.shutDownNow();
        case BRING_BACK -> DemoOffice.bringBack(pbx);
      }
    }
  }

  /** One card, or nothing if it is what the page has already. */
  @GetMapping("/demo/parts/{part}")
  ModelAndView part(
      @PathVariable("part") Part part,
      @RequestParam(name = "seen", defaultValue = "0") int seen,
      HttpServletResponse response) {
    DemoView view = views.view();
    if (view.version(part) == seen) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return new ModelAndView(new Nothing());
    }
    return card(part, view);
  }

  /** A body would replace what the page shows. */
  private static final class Nothing implements View {
    @Override
    public void render(
        @Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {}
  }

  @PostMapping("/demo/pbx")
  ModelAndView pbx(
      @RequestParam("pbx") String name,
      @RequestParam("fault") Fault fault,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx)
      throws IOException {
    fault.to(office.pbxs().named(name));
    board.countSince(name + " was " + fault.done);
    return answer(htmx, Part.PBXS);
  }

  /** What is done to a watcher. */
  enum Blow {
    KILL,
    START,
    CUT_OFF
  }

  @PostMapping("/demo/watcher")
  ModelAndView watcher(
      @RequestParam("watcher") String name,
      @RequestParam("blow") Blow blow,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
    DemoWatcher watcher = office.watcher(name);
    switch (blow) {
      case KILL -> watcher.kill();
      case START -> watcher.revive();
      case CUT_OFF -> office.cutOff(watcher);
    }
    String done =
        switch (blow) {
          case KILL -> "killed";
          case START -> "started again";
          case CUT_OFF -> "cut off";
        };
    board.countSince(name + " was " + done);
    return answer(htmx, Part.WATCHERS);
  }

  /** Cuts one link, mends one, or mends all if none is named. */
  @PostMapping("/demo/link")
  ModelAndView link(
      @RequestParam(name = "cut", defaultValue = "") String cut,
      @RequestParam(name = "mend", defaultValue = "") String mend,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
    if (!cut.isEmpty()) {
      office.network().cut(office.link(cut));
      board.countSince(cut.replace(" ", " – ") + " was cut");
    } else if (!mend.isEmpty()) {
      office.network().mend(office.link(mend));
      board.countSince(mend.replace(" ", " – ") + " was mended");
    } else {
      office.network().mendAll();
      board.countSince("all links were mended");
    }
    return answer(htmx, Part.WATCHERS);
  }

  @PostMapping("/demo/text")
  ModelAndView text(
      @RequestParam("who") String who,
      @RequestParam("text") String text,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
    office
        .estate()
        .staffMember(new StaffId(who))
        .filter(s -> !text.isBlank() && text.length() <= LONGEST_TEXT)
        .ifPresent(
            s -> {
              threads.sent(office.clock().instant(), s.mobile().e164(), text.strip());
              office.text(s.mobile(), text.strip());
            });
    return answer(htmx, Part.PHONES);
  }

  @PostMapping("/demo/clock")
  ModelAndView clock(
      @RequestParam("to") String to,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
    if (to.equals("next")) {
      office.hours().nextChange(office.clock().instant()).ifPresent(office::moveClock);
    } else {
      office.resetClock();
    }
    board.countSince("the clock was moved");
    return answer(htmx, Part.CLOCK);
  }

  @PostMapping("/demo/callers")
  ModelAndView callers(
      @RequestParam("call") boolean call,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
    if (call) {
      office.carrier().caller().resume();
    } else {
      office.carrier().caller().pause();
    }
    return answer(htmx, Part.CALLS);
  }

  /** Dials a feature code on the desk phone of the PBX that can be reached. */
  @PostMapping("/demo/dial")
  CompletableFuture<ModelAndView> dial(
      @RequestParam("staff") String staff,
      @RequestParam("pin") String pin,
      @RequestParam("code") String code,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
    String words = code.equals("*5401") ? "RETURN SALES" : "DIVERT SALES";
    return office
        .dial(new FeatureCode("101", staff, pin, words))
        .thenApply(DemoController::heard)
        .thenApply(
            told ->
                htmx == null
                    ? new ModelAndView("told").addObject("told", told)
                    : new ModelAndView("parts :: told").addObject("told", told))
        .toCompletableFuture();
  }

  private static Told heard(FeatureCode.Reply reply) {
    return switch (reply) {
      case ACCEPTED -> new Told(true, "The phone plays two rising beeps: done, or on its way.");
      case REFUSED ->
          new Told(false, "The phone plays three tones: wrong code or PIN, or not theirs to move.");
      case UNHEARD -> new Told(false, "The phone plays fast busy: no PBX or no Linekeeper there.");
    };
  }

  private ModelAndView answer(@Nullable String htmx, Part part) {
    return htmx == null ? new ModelAndView(BACK) : card(part, views.view());
  }

  private static ModelAndView card(Part part, DemoView view) {
    return new ModelAndView("demo/cards :: " + part.fragment()).addObject("panel", view);
  }
}
