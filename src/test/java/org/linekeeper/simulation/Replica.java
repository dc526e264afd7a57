package org.linekeeper.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.linekeeper.journal.RightToAct;

/**
 * One watcher's part in the replicated log: Raft as in the paper (Ongaro and Ousterhout, 2014), as
 * Apache Ratis does it for the product, with its times.
 */
final class Replica {
  private static final Duration TURN = Duration.ofMillis(25);
  private static final Duration HEARTBEAT = Duration.ofMillis(75);
  private static final Duration STICKS = Duration.ofMillis(150);
  private static final Duration STEP_DOWN = Duration.ofMillis(600);

  private final World world;
  private final Office office;
  private final Machine machine;
  private final Life life;
  private final Disk disk;
  private final Set<Flaw> flaws;
  private final BiConsumer<Integer, Disk.Item> apply;
  private final List<Disk.Item> log;
  private long term;
  private String voted;
  private int committed;
  private int applied;
  private int synced;
  private boolean leads;
  private boolean stands;
  private int noop;
  private final Map<String, Integer> votes = new HashMap<>();
  private final Map<String, Integer> match = new HashMap<>();
  private final Map<String, Duration> acknowledged = new HashMap<>();
  private Optional<String> leader = Optional.empty();
  private Duration heard = Duration.ZERO;
  private Duration deadline;
  private Duration beat = Duration.ZERO;
  private final Map<Integer, Duration> asked = new HashMap<>();
  private RightToAct right = RightToAct.NONE;

  /** Begins from what is on the disk. */
  Replica(
      Office office, Machine machine, Life life, Disk disk, BiConsumer<Integer, Disk.Item> apply) {
    this.world = office.world();
    this.office = office;
    this.machine = machine;
    this.life = life;
    this.disk = disk;
    this.flaws = office.flaws();
    this.apply = apply;
    this.log = disk.log();
    this.term = disk.term();
    this.voted = disk.voted();
    this.synced = log.size();
    this.deadline = patience();
  }

  void start() {
    commit(disk.committed());
    turn();
    look();
  }

  /** How many items it knows to be committed. */
  int committed() {
    return committed;
  }

  int size() {
    return log.size();
  }

  Disk.Item item(int place) {
    return log.get(place);
  }

  Optional<String> leader() {
    return leads ? Optional.empty() : leader;
  }

  /** Whether it leads and takes appends, as far as it knows. */
  boolean leads() {
    return leads && committed > noop;
  }

  /** Whether it may act. */
  boolean mayAct() {
    return flaws.contains(Flaw.ACTS_WITHOUT_THE_RIGHT) ? leads() : right.holds(now());
  }

  private Duration now() {
    return machine.monotonic();
  }

  private Duration patience() {
    return now().plusNanos(world.millis(150, 300));
  }

  private void turn() {
    if (leads) {
      if (now().minus(beat).compareTo(HEARTBEAT) >= 0) {
        replicate();
      }
      boolean heard =
          acknowledged.values().stream().anyMatch(at -> now().minus(at).compareTo(STEP_DOWN) < 0);
      if (!heard) {
        follow(term);
      }
    } else if (now().compareTo(deadline) > 0) {
      stand();
    }
    life.after(TURN, this::turn);
  }

  /** As {@code Leadership} does it. */
  private void look() {
    if (leads()) {
      right = right.leading(term, now());
      asked.put(log.size(), now());
      add(new Disk.Item(term, "", List.of()));
      if (flaws.contains(Flaw.NEW_LEADER_DOES_NOT_WAIT)) {
        right = new RightToAct(right.term(), Duration.ZERO, right.until());
      }
    } else {
      right = RightToAct.NONE;
    }
    life.after(RightToAct.ASKED_EVERY, this::look);
  }

  private void follow(long newTerm) {
    if (newTerm > term) {
      term = newTerm;
      voted = "";
    }
    leads = false;
    stands = false;
    leader = Optional.empty();
    deadline = patience();
  }

  private void stand() {
    term++;
    voted = machine.name;
    stands = true;
    leads = false;
    leader = Optional.empty();
    votes.clear();
    votes.put(machine.name, 1);
    deadline = patience();
    long asked = term;
    int last = log.size();
    long lastTerm = last == 0 ? 0 : log.get(last - 1).term();
    save(
        () ->
            others()
                .forEach(
                    other ->
                        send(
                            other, replica -> replica.asked(machine.name, asked, last, lastTerm))));
  }

  private void asked(String by, long theirs, int last, long lastTerm) {
    if (leader.isPresent() && now().minus(heard).compareTo(STICKS) < 0) {
      return; // as with a vote before the vote: who hears of a leader wants no other
    }
    if (theirs > term) {
      follow(theirs);
    }
    long mine = log.isEmpty() ? 0 : log.get(log.size() - 1).term();
    boolean upToDate = lastTerm > mine || lastTerm == mine && last >= log.size();
    if (theirs == term && (voted.isEmpty() || voted.equals(by)) && upToDate && !leads) {
      voted = by;
      deadline = patience();
      long inTerm = term;
      save(() -> send(by, replica -> replica.voted(machine.name, inTerm)));
    }
  }

  private void voted(String by, long inTerm) {
    if (stands && inTerm == term) {
      votes.put(by, 1);
      if (votes.size() > others().size() / 2) {
        lead();
      }
    }
  }

  private void lead() {
    asked.clear();
    office.counters().add("leaders elected");
    stands = false;
    leads = true;
    leader = Optional.empty();
    noop = log.size();
    match.clear();
    acknowledged.clear();
    others().forEach(other -> acknowledged.put(other, now()));
    add(new Disk.Item(term, "", List.of()));
  }

  /** Takes an item for the log, if it leads; one that it has already counts once. */
  boolean propose(String call, List<org.linekeeper.state.Entry> entries) {
    if (!leads()) {
      return false;
    }
    boolean known = log.stream().anyMatch(item -> item.call().equals(call));
    if (known && !flaws.contains(Flaw.APPENDS_TWICE)) {
      return true;
    }
    add(new Disk.Item(term, call, entries));
    return true;
  }

  private void add(Disk.Item item) {
    log.add(item);
    replicate();
    if (flaws.contains(Flaw.MINORITY_COMMITS)) {
      commit(log.size());
    }
    save(this::advance);
  }

  private void replicate() {
    beat = now();
    for (String other : others()) {
      int from = Math.min(match.getOrDefault(other, Math.max(0, committed)), log.size());
      long before = from == 0 ? 0 : log.get(from - 1).term();
      List<Disk.Item> items = List.copyOf(log.subList(from, log.size()));
      long inTerm = term;
      int known = committed;
      send(other, replica -> replica.told(machine.name, inTerm, from, before, items, known));
    }
  }

  private void told(
      String by, long inTerm, int from, long before, List<Disk.Item> items, int known) {
    if (inTerm < term) {
      long newer = term;
      send(by, replica -> replica.refused(newer));
      return;
    }
    if (inTerm > term || stands) {
      follow(inTerm);
    }
    leader = Optional.of(by);
    heard = now();
    deadline = patience();
    if (from > log.size() || from > 0 && log.get(from - 1).term() != before) {
      int have = Math.min(from, Math.min(log.size(), committed));
      send(by, replica -> replica.missing(machine.name, inTerm, have));
      return;
    }
    boolean changed = false;
    for (int i = 0; i < items.size(); i++) {
      int place = from + i;
      if (place < log.size() && log.get(place).term() != items.get(i).term()) {
        office.check(place >= committed, "a committed item was to be removed");
        log.subList(place, log.size()).clear();
        synced = Math.min(synced, place);
        office.counters().add("uncommitted items overwritten");
      }
      if (place >= log.size()) {
        log.add(items.get(i));
        changed = true;
      }
    }
    int end = from + items.size();
    Runnable answer = () -> send(by, replica -> replica.has(machine.name, inTerm, end));
    if ((changed || synced < end) && !flaws.contains(Flaw.ACKNOWLEDGES_BEFORE_THE_DISK)) {
      save(answer);
    } else {
      if (changed) {
        save(() -> {});
      }
      answer.run();
    }
    commit(Math.min(known, end));
  }

  private void refused(long newer) {
    if (newer > term) {
      follow(newer);
    }
  }

  private void missing(String by, long inTerm, int have) {
    if (leads && inTerm == term) {
      match.put(by, have);
      heard(by);
      replicate();
    }
  }

  private void has(String by, long inTerm, int end) {
    if (leads && inTerm == term) {
      match.merge(by, end, Math::max);
      heard(by);
      advance();
    }
  }

  private void heard(String by) {
    acknowledged.put(by, now());
  }

  private void advance() {
    if (!leads) {
      return;
    }
    int most = match.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int majority = Math.min(most, synced);
    if (majority > committed && log.get(majority - 1).term() == term) {
      commit(majority);
      replicate();
    }
  }

  private void commit(int to) {
    committed = Math.max(committed, Math.min(to, log.size()));
    disk.knows(Math.min(committed, synced)); // of what is not there yet nothing is known there
    while (applied < committed) {
      Disk.Item item = log.get(applied);
      applied++;
      Duration at = asked.remove(applied - 1);
      if (at != null && leads && item.term() == term) {
        right = right.confirmed(term, at);
      }
      apply.accept(applied - 1, item);
    }
  }

  private void save(Runnable done) {
    List<Disk.Item> copy = List.copyOf(log);
    disk.save(
        life,
        term,
        voted,
        copy,
        () -> {
          int same = Math.min(copy.size(), log.size());
          while (same > synced && copy.get(same - 1) != log.get(same - 1)) {
            same--; // overwritten meanwhile
          }
          synced = Math.max(synced, same);
          done.run();
        });
  }

  private List<String> others() {
    List<String> others = new ArrayList<>(Office.WATCHERS);
    others.remove(machine.name);
    return others;
  }

  private interface Message {
    void to(Replica replica);
  }

  private void send(String to, Message message) {
    office.wire().send(machine.name, to, () -> office.watcher(to).replica(message::to));
  }
}
