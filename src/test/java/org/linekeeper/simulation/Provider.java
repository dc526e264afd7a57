package org.linekeeper.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.carrier.DeliveredCall;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.carrier.TestCall;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;

/** The carrier: its numbers and rows, and requests that fail, or that land after they failed. */
final class Provider {
  static final String NAME = "carrier";
  private static final String FIELD = "VoiceUrl";

  private final Office office;
  private final World world;
  private final Map<String, CarrierNumber> numbers = new TreeMap<>();
  private final Map<String, OriginationUrl> rows = new TreeMap<>();
  private final Map<String, Long> lost = new HashMap<>();

  Provider(Office office, List<OfficeNumber> those) {
    this.office = office;
    this.world = office.world();
    int next = 1;
    for (OfficeNumber number : those) {
      String sid = "PN" + next++;
      numbers.put(sid, new CarrierNumber(number.number(), sid, found(), true, ""));
    }
    row(Offices.PRIMARY_ROW, "sip:pbx1.example.com", 10);
    row(Offices.STANDBY_ROW, "sip:pbx2.example.com", 20);
  }

  private void row(String sid, String url, int priority) {
    rows.put(sid, new OriginationUrl(sid, url, priority, 1, true));
  }

  static NumberImage found() {
    return NumberImage.of(Map.of(FIELD, "", "FriendlyName", "office"));
  }

  /** Where each number rings: empty text at the office. */
  Map<PhoneNumber, NumberImage> images() {
    Map<PhoneNumber, NumberImage> images = new TreeMap<>();
    numbers.values().forEach(number -> images.put(number.number(), number.image()));
    return images;
  }

  /** The row that is tried first. */
  String first() {
    return rows.values().stream()
        .min((one, other) -> Integer.compare(one.priority(), other.priority()))
        .map(OriginationUrl::sid)
        .orElse("");
  }

  /** Whether every question of that watcher has been answered for so long. */
  boolean answeredFor(String watcher, long nanos) {
    Long lately = lost.get(watcher);
    return lately == null || world.now() - lately > nanos;
  }

  /** As one life of a watcher reaches it. */
  Carrier reachedBy(String watcher) {
    return new Reached(watcher);
  }

  private final class Reached implements Carrier {
    private final String watcher;

    private Reached(String watcher) {
      this.watcher = watcher;
    }

    private <T> Answer<T> ask(T value) {
      if (office.wire().answered(watcher, NAME) && !world.chance(0.01)) {
        return Answer.of(value);
      }
      lost.put(watcher, world.now());
      return Answer.no(Answer.Problem.UNREACHABLE, "no answer");
    }

    /** It is applied, or lost, or not answered, or lands long after it was given up. */
    private Outcome change(Runnable change) {
      if (!office.moment(watcher, "before a change at the carrier")) {
        return Outcome.unknown("it is dead");
      }
      Outcome outcome = carriedOut(change);
      office.moment(watcher, "after a change at the carrier");
      return outcome;
    }

    private Outcome carriedOut(Runnable change) {
      office.check(
          office.watcher(watcher).mayAct(), watcher + " acts at the carrier without the right to");
      if (!office.wire().up(watcher, NAME) || world.chance(0.02)) {
        return Outcome.unknown("the request was lost");
      }
      if (world.chance(0.04)) {
        office.counters().add("requests that landed after they were given up");
        world.in(world.millis(20, 4_000), change);
        return Outcome.unknown("no answer in time");
      }
      change.run();
      return office.wire().up(NAME, watcher) && !world.chance(0.02)
          ? Outcome.applied("done")
          : Outcome.unknown("the answer was lost");
    }

    @Override
    public Answer<List<CarrierNumber>> numbers() {
      return ask(List.copyOf(numbers.values()));
    }

    @Override
    public Answer<CarrierNumber> number(String sid) {
      return ask(Objects.requireNonNull(numbers.get(sid)));
    }

    @Override
    public Outcome route(String sid, NumberImage before, NumberImage want, BooleanSupplier still) {
      office.intended(want);
      return change(
          () -> {
            CarrierNumber was = Objects.requireNonNull(numbers.get(sid));
            numbers.put(
                sid, new CarrierNumber(was.number(), sid, withRoute(was.image(), want), true, ""));
            office.counters().add("numbers moved");
          });
    }

    @Override
    public Answer<List<OriginationUrl>> originationUrls(String trunk) {
      return ask(new ArrayList<>(rows.values()));
    }

    @Override
    public Outcome setOrigination(String trunk, OriginationUrl want, BooleanSupplier still) {
      office.intended(want);
      return change(
          () -> {
            rows.put(want.sid(), want);
            office.counters().add("rows moved");
          });
    }

    @Override
    public Outcome send(PhoneNumber from, PhoneNumber to, String text) {
      return Outcome.applied("sent");
    }

    @Override
    public Answer<List<InboundText>> textsSince(PhoneNumber to, Instant since) {
      return ask(List.of());
    }

    @Override
    public Answer<List<CarrierAlert>> alertsSince(Instant since) {
      return ask(List.of());
    }

    @Override
    public Answer<List<DeliveredCall>> delivered(String trunk, Set<PhoneNumber> of) {
      return ask(List.of());
    }

    @Override
    public Answer<TestCall> testCall(PhoneNumber from, PhoneNumber to, String digits) {
      return Answer.no(Answer.Problem.REFUSED, "there are none");
    }

    @Override
    public Answer<TestCall> testCall(String sid) {
      return Answer.no(Answer.Problem.REFUSED, "there are none");
    }

    @Override
    public Answer<List<TestCall>> testCalls(PhoneNumber from, PhoneNumber to, Instant since) {
      return Answer.no(Answer.Problem.REFUSED, "there are none");
    }

    @Override
    public NumberImage diverted(
        NumberImage image, List<PhoneNumber> rings, Optional<PhoneNumber> callerId) {
      return image.with(Map.of(FIELD, "mobiles:" + rings));
    }

    @Override
    public boolean sameRoute(NumberImage one, NumberImage other) {
      return one.get(FIELD).equals(other.get(FIELD));
    }

    @Override
    public NumberImage withRoute(NumberImage image, NumberImage route) {
      return image.with(Map.of(FIELD, route.get(FIELD)));
    }

    @Override
    public boolean diverts(NumberImage image) {
      return image.get(FIELD).startsWith("mobiles:");
    }

    @Override
    public void close() {}
  }
}
