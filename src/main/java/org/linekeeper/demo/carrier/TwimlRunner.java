package org.linekeeper.demo.carrier;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.linekeeper.demo.carrier.Call.End;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;

/** Fetches a call's TwiML and does what it says: Dial, Say, Redirect, Reject, Hangup. */
final class TwimlRunner {
  private static final int MAX_DOCUMENTS = 5;
  private static final Duration RING_DEFAULT = Duration.ofSeconds(30);

  private final World world;
  private final Mobiles mobiles;
  private final Webhooks webhooks;
  private final Supplier<Knobs> knobs;
  private final Consumer<Duration> pause;

  TwimlRunner(
      World world,
      Mobiles mobiles,
      Webhooks webhooks,
      Supplier<Knobs> knobs,
      Consumer<Duration> pause) {
    this.world = world;
    this.mobiles = mobiles;
    this.webhooks = webhooks;
    this.knobs = knobs;
    this.pause = pause;
  }

  /** Where to get TwiML: a URL and the one to use if it fails. */
  record Source(String method, String url, String fallbackMethod, String fallbackUrl) {
    static Source of(String method, String url) {
      return new Source(method, url, "", "");
    }
  }

  End run(Call call, Source source) {
    Optional<Document> document = fetch(call, source.method(), source.url());
    if (document.isEmpty() && !source.fallbackUrl().isEmpty()) {
      document = fetch(call, source.fallbackMethod(), source.fallbackUrl());
    }
    for (int i = 0; i < MAX_DOCUMENTS && document.isPresent(); i++) {
      Step step = run(call, document.get());
      if (step.end() != null) {
        return step.end();
      }
      document = fetch(call, "POST", step.redirect());
    }
    call.note("the caller hears that an application error has occurred");
    return End.NOBODY;
  }

  private record Document(String url, List<Verb> verbs) {}

  /** Either the call's end, or where it goes on. */
  private record Step(@org.jspecify.annotations.Nullable End end, String redirect) {}

  private Optional<Document> fetch(Call call, String method, String url) {
    return fetch(call, method.isEmpty() ? "POST" : method, url, call.params());
  }

  private Optional<Document> fetch(Call call, String method, String url, Form params) {
    Webhooks.Reply reply = webhooks.ask(method, url, params, knobs.get().webhookDeadline());
    Optional<List<Verb>> verbs = reply.usable() ? Verb.parse(reply.body()) : Optional.empty();
    if (verbs.isEmpty()) {
      String problem = reply.usable() ? "answered something that is not TwiML" : reply.problem();
      call.note(url + " " + problem);
      synchronized (world) {
        world.alert(reply.usable() ? 12100 : 11200, "error", url + " " + problem, call.sid, url);
      }
    }
    return verbs.map(v -> new Document(url, v));
  }

  private Step run(Call call, Document document) {
    boolean said = false;
    for (Verb verb : document.verbs()) {
      switch (verb.name()) {
        case "Dial" -> {
          End end = dial(call, document.url(), verb);
          if (end.by() != AnsweredBy.NOBODY) {
            return new Step(end, "");
          }
        }
        case "Redirect" -> {
          return new Step(null, resolve(document.url(), verb.text()));
        }
        case "Reject", "Hangup" -> {
          return new Step(End.NOBODY, "");
        }
        case "Say", "Play" -> {
          call.note("the caller hears: " + verb.text());
          said = true;
        }
        default -> call.note("<" + verb.name() + "> is not simulated");
      }
    }
    return new Step(said ? new End(AnsweredBy.ANNOUNCEMENT, "", "") : End.NOBODY, "");
  }

  /** All numbers ring at once; the first who picks up, and accepts if asked, has the call. */
  private End dial(Call call, String documentUrl, Verb dial) {
    String shown = dial.attribute("callerId").orElse(call.from);
    if (!TwimlHost.showable(shown)) {
      call.note("Dial fails: the caller's number " + shown + " cannot be shown");
      synchronized (world) {
        world.alert(13214, "error", "Dial: invalid callerId value " + shown, call.sid, documentUrl);
      }
      return End.NOBODY;
    }
    Duration ring =
        dial.attribute("timeout")
            .filter(t -> t.matches("[0-9]{1,3}"))
            .map(t -> Duration.ofSeconds(Integer.parseInt(t)))
            .orElse(RING_DEFAULT);
    List<Verb> numbers = dial.children().stream().filter(c -> c.name().equals("Number")).toList();
    if (numbers.size() > 10) {
      call.note("Dial fails: more than 10 numbers");
      return End.NOBODY;
    }
    return ring(call, documentUrl, numbers, ring);
  }

  private End ring(Call call, String documentUrl, List<Verb> numbers, Duration ring) {
    List<Verb> quickestFirst =
        numbers.stream().sorted(Comparator.comparing(n -> picksUpAfter(n.text()))).toList();
    Duration waited = Duration.ZERO;
    for (Verb number : quickestFirst) {
      Duration after = picksUpAfter(number.text());
      if (after.compareTo(ring) > 0) {
        call.note(number.text() + " does not answer");
        continue;
      }
      pause.accept(after.minus(waited));
      waited = after;
      if (takes(call, documentUrl, number)) {
        call.note(number.text() + " takes the call");
        return new End(AnsweredBy.MOBILE, number.text(), "");
      }
    }
    return End.NOBODY;
  }

  private Duration picksUpAfter(String number) {
    return mobiles
        .get(number)
        .filter(m -> m.habit() != Mobile.Habit.RINGS_OUT)
        .map(m -> m.habit() == Mobile.Habit.VOICEMAIL ? Duration.ZERO : m.ringsFor())
        .orElse(Duration.ofDays(1));
  }

  /** Runs what is played to the one who picked up, before the two are connected. */
  private boolean takes(Call call, String documentUrl, Verb number) {
    Optional<String> url = number.attribute("url");
    if (url.isEmpty()) {
      return true; // even a voicemail: that is why the screening exists
    }
    Optional<Document> document =
        fetch(
            call,
            number.attribute("method").orElse("POST"),
            resolve(documentUrl, url.get()),
            call.params());
    for (int i = 0; i < MAX_DOCUMENTS && document.isPresent(); i++) {
      Document current = document.get();
      Optional<Verb> gather = first(current, "Gather");
      if (gather.isEmpty() || !presses(number.text())) {
        boolean hangsUp = first(current, "Hangup").or(() -> first(current, "Reject")).isPresent();
        call.note(number.text() + (hangsUp ? " does not accept" : " accepts"));
        return !hangsUp;
      }
      Map<String, String> pressed = new LinkedHashMap<>(call.params().values());
      pressed.put("Digits", "1");
      String action = gather.get().attribute("action").orElse(current.url());
      document = fetch(call, "POST", resolve(current.url(), action), Form.of(pressed));
    }
    return false;
  }

  private boolean presses(String number) {
    return mobiles.get(number).filter(m -> m.habit() == Mobile.Habit.ANSWERS).isPresent();
  }

  private static Optional<Verb> first(Document document, String name) {
    return document.verbs().stream().filter(v -> v.name().equals(name)).findFirst();
  }

  private static String resolve(String base, String relative) {
    try {
      return URI.create(base).resolve(relative).toString();
    } catch (IllegalArgumentException e) {
      return relative;
    }
  }
}
