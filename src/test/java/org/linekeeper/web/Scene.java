package org.linekeeper.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.failover.Decision;
import org.linekeeper.failover.Overview;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.routing.Routing;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Plan;
import org.linekeeper.verdict.Verdict;

/** A Monday morning at the accountants', as page and API see it; things can be made to happen. */
public final class Scene {
  public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  final InMemoryJournal journal = new InMemoryJournal();
  final RecordingDesk desk = new RecordingDesk();
  final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final ConcurrentSkipListMap<PbxId, Verdict> verdicts = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<PhoneNumber, String> drifts = new ConcurrentSkipListMap<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private Decision decision = rest("primary serves and nothing is wrong");
  private boolean carrier = true;
  private boolean stuck;
  private WebSettings settings =
      new WebSettings("127.0.0.1", 0, Optional.empty(), List.of(), Optional.empty(), false);

  public static Scene calm() {
    return of(Offices.accountants());
  }

  public static Scene of(Estate estate) {
    Scene scene = new Scene();
    scene.journal.append(List.of(new Entry.SettingsAccepted(NOW, "watcher-1", "00", estate)));
    scene.sees(Offices.PRIMARY, Verdict.Kind.HEALTHY, "AMI and SIP answer, canary call in 3 ms");
    scene.sees(Offices.STANDBY, Verdict.Kind.HEALTHY, "AMI and SIP answer, canary call in 4 ms");
    return scene;
  }

  static Decision rest(String reason) {
    return new Decision(Decision.Kind.REST, Decision.Permission.DO, reason, Optional.empty());
  }

  /** The same office with other names: what people write into files can be anything. */
  static Estate named(String office, String number) {
    Estate estate = Offices.accountants();
    List<OfficeNumber> numbers = new ArrayList<>(estate.numbers());
    OfficeNumber first = numbers.get(0);
    numbers.set(
        0,
        new OfficeNumber(
            first.number(),
            number,
            first.site(),
            Set.of(new GroupId(number)),
            true,
            first.targets(),
            first.callerId()));
    return new Estate(
        office,
        estate.pbxs(),
        estate.trunk(),
        numbers,
        estate.staff(),
        estate.schedule(),
        estate.targets(),
        estate.rules());
  }

  Scene sees(PbxId pbx, Verdict.Kind kind, String evidence) {
    verdicts.put(pbx, new Verdict(pbx, kind, evidence, Duration.ofMinutes(50)));
    return this;
  }

  Scene decides(Decision next) {
    decision = next;
    return this;
  }

  Scene withoutCarrier() {
    carrier = false;
    return this;
  }

  Scene stuck() {
    stuck = true;
    return this;
  }

  Scene drift(PhoneNumber number, String what) {
    drifts.put(number, what);
    return this;
  }

  Scene troubled(String trouble) {
    troubles.add(trouble);
    return this;
  }

  Scene records(Entry... entries) {
    journal.append(List.of(entries));
    return this;
  }

  /** Bob has texted that Sales is to ring on his mobile until half past five. */
  Scene salesOnMobiles() {
    return records(
        new Entry.DiversionBegan(
            NOW,
            new Diversion(
                "d1",
                Selection.of(new GroupId("sales")),
                Diversion.Route.MOBILES,
                List.of(),
                new Actor(Actor.Door.SMS, "bob"),
                "\"DIVERT SALES UNTIL 17:30\"",
                NOW,
                Optional.of(Instant.parse("2026-11-23T17:30:00Z")))));
  }

  Scene failedOver() {
    sees(
        Offices.PRIMARY, Verdict.Kind.PROCESS_GONE, "AMI closed and refused, SIP silent for 0.1 s");
    return records(
        new Entry.Intended(
            NOW,
            new Plan(
                "p1",
                new Epoch(1),
                Plan.Kind.FAILOVER,
                "primary: process gone; standby is healthy and takes over",
                NOW,
                Optional.of(Offices.PRIMARY),
                Optional.of(Offices.STANDBY),
                List.of())));
  }

  Scene with(WebSettings web) {
    settings = web;
    return this;
  }

  Overview overview() {
    return new Overview(
        stuck ? NOW.minusSeconds(60) : time.get(),
        journal.state(),
        new TreeMap<>(verdicts),
        decision,
        Map.copyOf(Routing.wanted(journal.state(), time.get())).entrySet().stream()
            .collect(TreeMap::new, (m, e) -> m.put(e.getKey(), e.getValue()), TreeMap::putAll),
        0,
        new TreeMap<>(drifts),
        List.of(),
        carrier,
        List.copyOf(troubles));
  }

  public Backend backend() {
    return Backend.of(settings, time::get, () -> Duration.ofHours(1), this::overview, journal, desk)
        .withNotices(() -> List.copyOf(notices));
  }
}
