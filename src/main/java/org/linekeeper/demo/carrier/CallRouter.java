package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.carrier.Call.End;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;
import org.linekeeper.time.Ticker;

/**
 * Takes a call to wherever the carrier's settings say at this moment: number, then trunk, then its
 * origination URLs by priority and weight, or TwiML.
 */
final class CallRouter {
  private final World world;
  private final Supplier<Knobs> knobs;
  private final CallLeg leg;
  private final TwimlRunner twiml;
  private final AtomicLong made = new AtomicLong();
  private final Random weights = new Random(1);

  /** The world's clock can be moved while a call rings. */
  private final Ticker ticker = Ticker.system();

  CallRouter(World world, Supplier<Knobs> knobs, CallLeg leg, TwimlRunner twiml) {
    this.world = world;
    this.knobs = knobs;
    this.leg = leg;
    this.twiml = twiml;
  }

  CallRecord place(String from, String to) {
    return place(from, to, "");
  }

  /** The same, keying digits once it is answered by a PBX. */
  CallRecord place(String from, String to, String digits) {
    long number = made.incrementAndGet();
    Instant start = world.now();
    Duration began = ticker.now();
    Call call = new Call(Sids.of("CA", "call " + number), world.account.sid(), from, to, digits);
    End end = route(call);
    return new CallRecord(
        number, start, from, to, end.by(), end.who(), end.via(), call.trace(), ticker.since(began));
  }

  /** Settings as they were when the call came in. */
  private record Route(
      Optional<Entity> trunk, List<Entity> urls, Optional<TwimlRunner.Source> source) {}

  private End route(Call call) {
    Optional<Route> route = look(call.to);
    if (route.isEmpty()) {
      call.note("the number is not in service");
      return End.NOBODY;
    }
    if (route.get().trunk().isPresent()) {
      Instant start = world.now();
      Entity trunk = route.get().trunk().get();
      End end = throughTrunk(call, trunk, route.get().urls());
      keep(call, trunk, start, end);
      return end;
    }
    if (route.get().source().isPresent()) {
      call.note("TwiML from " + route.get().source().get().url());
      return twiml.run(call, route.get().source().get());
    }
    call.note("the number has neither a trunk nor a voice URL");
    return End.NOBODY;
  }

  /** A trunk wins over a voice application, and that over the number's own voice URL. */
  private Optional<Route> look(String e164) {
    synchronized (world) {
      Optional<Entity> number = world.numberFor(e164);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      Optional<Entity> trunk = world.trunks.get(number.get().text("trunk_sid"));
      if (trunk.isPresent()) {
        String sid = trunk.get().sid();
        return Optional.of(
            new Route(
                trunk,
                world.originationUrls.oldestFirst(u -> u.parent().equals(sid) && u.flag("enabled")),
                Optional.empty()));
      }
      Entity voice =
          world.applications.get(number.get().text("voice_application_sid")).orElse(number.get());
      return Optional.of(
          new Route(
              Optional.empty(),
              List.of(),
              Optional.of(voice)
                  .filter(v -> !v.text("voice_url").isEmpty())
                  .map(
                      v ->
                          new TwimlRunner.Source(
                              v.text("voice_method"),
                              v.text("voice_url"),
                              v.text("voice_fallback_method"),
                              v.text("voice_fallback_url")))));
    }
  }

  /** As the account's list of calls shows it. Source: Twilio docs "Calls resource", direction. */
  private void keep(Call call, Entity trunk, Instant start, End end) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("from", call.from);
    values.put("to", call.to);
    values.put("direction", "trunking-originating");
    values.put("status", end.by() == AnsweredBy.NOBODY ? "failed" : "completed");
    values.put("trunk_sid", trunk.sid());
    values.put("start_time", start);
    values.put("end_time", world.now());
    synchronized (world) {
      world.trunkCalls.put(world.make(call.sid, "", values, start));
    }
  }

  private End throughTrunk(Call call, Entity trunk, List<Entity> urls) {
    if (urls.isEmpty()) {
      // Not a disaster by the carrier's rules: the disaster recovery URL is not asked.
      call.note("the trunk has no enabled origination URL (error 32010)");
      alert(32010, "error", "No origination URLs", call, trunk.sid());
      return End.NOBODY;
    }
    List<Entity> ordered = order(urls);
    List<Entity> tried = knobs.get().hunting() ? ordered : ordered.subList(0, 1);
    for (Entity url : tried) {
      String name = url.text("friendly_name");
      LegOutcome outcome =
          leg.place(
              url.text("sip_url"), call.to, call.from, knobs.get().legDeadline(), call.digits);
      call.note(name + ": " + outcome.note());
      if (outcome.answered()) {
        String who = outcome.server().isEmpty() ? name : outcome.server();
        return new End(AnsweredBy.PBX, who, name);
      }
      if (!outcome.unreachable()) {
        return End.NOBODY; // busy and the like are the PBX's answer, and the call's end
      }
      alert(
          32011,
          "warning", // says its page in Twilio's docs
          "Error communicating with your SIP communications infrastructure: "
              + url.text("sip_url")
              + " "
              + outcome.note(),
          call,
          url.text("sip_url"));
    }
    return recover(call, trunk);
  }

  private End recover(Call call, Entity trunk) {
    String url = trunk.text("disaster_recovery_url");
    if (url.isEmpty()) {
      return End.NOBODY;
    }
    call.note("disaster recovery URL " + url);
    return twiml.run(call, TwimlRunner.Source.of(trunk.text("disaster_recovery_method"), url));
  }

  /** Lowest priority first; of equal ones drawn by weight, as RFC 2782 does for SRV records. */
  private List<Entity> order(List<Entity> urls) {
    TreeMap<Integer, List<Entity>> byPriority = new TreeMap<>(Comparator.naturalOrder());
    for (Entity url : urls) {
      byPriority.computeIfAbsent(url.whole("priority"), p -> new ArrayList<>()).add(url);
    }
    List<Entity> ordered = new ArrayList<>();
    for (List<Entity> equal : byPriority.values()) {
      while (!equal.isEmpty()) {
        ordered.add(equal.remove(draw(equal)));
      }
    }
    return ordered;
  }

  private int draw(List<Entity> equal) {
    int total = equal.stream().mapToInt(u -> u.whole("weight")).sum();
    int drawn = weights.nextInt(Math.max(1, total));
    int i = 0;
    while (i < equal.size() - 1 && drawn >= equal.get(i).whole("weight")) {
      drawn -= equal.get(i).whole("weight");
      i++;
    }
    return i;
  }

  private void alert(int code, String level, String text, Call call, String url) {
    synchronized (world) {
      world.alert(code, level, text, call.sid, url);
    }
  }
}
