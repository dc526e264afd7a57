package org.linekeeper.web.page;

import java.util.List;
import java.util.Set;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Panel;
import org.linekeeper.web.security.Access;
import org.linekeeper.web.security.Who;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Shows the page and those parts of it that change. */
@Controller
final class PageController {
  private static final Set<String> PARTS =
      Set.of("headline", "pbxs", "decision", "numbers", "attention", "journal");

  private static final int JOURNAL_PAGE = 100;

  private final Views views;
  private final Live live;
  private final List<Panel> panels;
  private final boolean login;

  PageController(Backend backend, Access access, Views views, Live live) {
    this.views = views;
    this.live = live;
    this.panels = backend.panels();
    this.login = access.login();
  }

  /** The cookie must be set before the page begins to be sent. */
  @ModelAttribute
  void makeToken(CsrfToken token) {
    token.getToken();
  }

  @ModelAttribute("assets")
  Assets assets() {
    return Assets.PRESENT;
  }

  @ModelAttribute("modes")
  List<ModeChoice> modes() {
    return ModeChoice.ALL;
  }

  @ModelAttribute("mayOperate")
  boolean mayOperate() {
    return Who.mayOperate();
  }

  @ModelAttribute("login")
  boolean login() {
    return login;
  }

  @GetMapping("/")
  String page(Model model, @RequestParam(name = "what", defaultValue = "ALL") String what) {
    model.addAttribute("view", views.page());
    model.addAttribute("divert", views.divert(what));
    model.addAttribute("panels", panels);
    return "index";
  }

  @GetMapping("/parts/{part}")
  String part(Model model, @PathVariable("part") String part) {
    if (!PARTS.contains(part)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("view", views.page());
    return "parts :: " + part;
  }

  /** The form with one number chosen. */
  @GetMapping("/divert")
  String divert(Model model, @RequestParam(name = "what", defaultValue = "ALL") String what) {
    model.addAttribute("divert", views.divert(what));
    return "parts :: divert";
  }

  @GetMapping("/journal")
  String journal(
      Model model, @RequestParam(name = "before", defaultValue = "" + Long.MAX_VALUE) long before) {
    model.addAttribute("view", views.page());
    model.addAttribute("journal", views.journal(before, JOURNAL_PAGE));
    return "journal";
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events() {
    return live.open()
        .map(page -> ResponseEntity.ok().header("X-Accel-Buffering", "no").body(page))
        .orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
  }
}
