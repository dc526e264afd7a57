package org.linekeeper.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.journal.JournalGroup;
import org.linekeeper.journal.KeyChecks;
import org.linekeeper.journal.PeerQuestions;
import org.linekeeper.net.CertificateLook;
import org.linekeeper.net.TlsFault;
import org.linekeeper.settings.Settings;

/**
 * Can the three watchers keep the journal together? Looks from this one, whether it runs or not;
 * changes nothing. The other two are to look as well.
 */
final class WatcherChecks {
  /** Ten times what a town's network takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Three of these are part of a renewal of a floating address. */
  private static final Duration SLOW = Duration.ofMillis(100);

  private static final int TIMES = 5;

  private static final int TRIES = 3;

  private final JournalGroup group;
  private final WatcherCard self;
  private final Clocks clocks;
  private final List<CheckResult> results = new ArrayList<>();

  private WatcherChecks(JournalGroup group, WatcherCard self, Clocks clocks) {
    this.group = group;
    this.self = self;
    this.clocks = clocks;
  }

  /** Everything about three; nothing for a watcher that is alone. */
  static List<CheckResult> look(Settings settings, Clocks clocks) {
    return Wiring.journal(settings)
        .group()
        .map(
            group ->
                look(
                    group,
                    WatcherCard.here(
                        settings.local().watcher(),
                        Optional.of(settings),
                        clocks.time().instant(),
                        List.of()),
                    clocks))
        .orElse(List.of());
  }

  /**
   * @param self what this one would say of itself
   */
  static List<CheckResult> look(JournalGroup group, WatcherCard self, Clocks clocks) {
    return new WatcherChecks(group, self, clocks).run();
  }

  private List<CheckResult> run() {
    results.addAll(KeyChecks.look(group.keys(), group.here().host(), clocks.time().instant()));
    boolean usable = results.stream().noneMatch(result -> result.level() == Level.FAILURE);
    hosts();
    if (!usable) {
      group
          .others()
          .forEach(
              seat ->
                  results.add(
                      CheckResult.warning(
                          what(seat),
                          "not asked: this watcher's own key is not as it should be",
                          "Mend that first, then run check again.")));
      return results;
    }
    try (PeerQuestions questions = PeerQuestions.open(group)) {
      group.others().forEach(seat -> other(seat, questions));
    }
    return results;
  }

  private static String what(JournalGroup.Seat seat) {
    return "watcher " + seat.watcher();
  }

  private static String where(JournalGroup.Seat seat) {
    return seat.host() + ":" + seat.port();
  }

  /** Names of hosts that are one and the same. */
  private void hosts() {
    List<JournalGroup.Seat> all = new ArrayList<>(group.others());
    all.add(group.here());
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Set<String> common = addresses(all.get(i).host());
        common.retainAll(addresses(all.get(j).host()));
        if (!common.isEmpty()) {
          results.add(oneMachine(all.get(i).watcher(), all.get(j).watcher(), "have one address"));
        }
      }
    }
  }

  private static CheckResult oneMachine(String one, String other, String why) {
    return CheckResult.warning(
        "watchers",
        one
            + " and "
            + other
            + " "
            + why
            + ": if that machine fails two of three do, and nothing is done for the phones any more",
        "Give each watcher a machine of its own that shares no power, switch or hypervisor with"
            + " another's.");
  }

  private static Set<String> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(InetAddress::getHostAddress)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (UnknownHostException e) {
      return new TreeSet<>(); // that it is not reached is said by itself
    }
  }

  private void other(JournalGroup.Seat seat, PeerQuestions questions) {
    CertificateLook.Seen seen;
    try {
      seen =
          new CertificateLook(seat.host(), seat.port(), Optional.of(group.keys().authority()))
              .look(PATIENCE);
    } catch (IOException e) {
      results.add(
          CheckResult.failure(
              what(seat),
              "does not answer at "
                  + where(seat)
                  + " ("
                  + e.getMessage()
                  + "), so it does not count",
              "Start Linekeeper there, and let TCP "
                  + seat.port()
                  + " through between the three, both ways."));
      return;
    }
    if (!believed(seat, seen)) {
      return;
    }
    try {
      ask(seat, questions);
    } catch (IOException e) {
      results.add(
          CheckResult.failure(
              what(seat),
              "is there at " + where(seat) + ", but does not answer questions: " + innermost(e),
              "See its log. If it does not believe this watcher, bring all keys from one authority;"
                  + " if its journal is stopped, look at its status."));
    }
  }

  private boolean believed(JournalGroup.Seat seat, CertificateLook.Seen seen) {
    Optional<String> fault =
        seen.fault()
            .map(WatcherChecks::words)
            .or(
                () ->
                    seen.chain().isEmpty()
                        ? Optional.of("it shows no certificate")
                        : Optional.empty());
    if (fault.isPresent() && seen.fault().filter(f -> f == TlsFault.EXPIRED).isEmpty()) {
      results.add(
          CheckResult.failure(
              what(seat),
              "is not to be believed at " + where(seat) + ", so it does not count: " + fault.get(),
              "Put the key there that \"linekeeper keys\" made for "
                  + seat.watcher()
                  + "="
                  + seat.host()
                  + ", with the same authority.pem as here."));
      return false;
    }
    results.add(
        KeyChecks.end(
            what(seat),
            seen.chain(),
            clocks.time().instant(),
            "it does not count",
            "Make it a new one (docs/WATCHERS.md, setting up), and restart Linekeeper there."));
    return fault.isEmpty();
  }

  private static String words(TlsFault fault) {
    return switch (fault) {
      case WRONG_NAME -> "its certificate is made for another host";
      case UNTRUSTED -> "our authority has not signed its certificate";
      case NO_TLS, TURNED_DOWN, EXPIRED, NOT_YET_VALID, OURS -> fault.words();
    };
  }

  private void ask(JournalGroup.Seat seat, PeerQuestions questions) throws IOException {
    byte[] question = {Colleagues.CARD};
    Optional<byte[]> first = first(seat, question, questions);
    if (first.isEmpty()) {
      results.add(
          CheckResult.warning(
              what(seat),
              "is there at " + where(seat) + ", and keeps no journal yet",
              "Start all three; then run check again."));
      return;
    }
    Optional<WatcherCard> read = WatcherCard.read(first.get());
    if (read.isEmpty()) {
      results.add(otherRelease(seat, "a release that does not say which"));
      return;
    }
    WatcherCard card = read.get();
    if (!card.watcher().equals(seat.watcher())) {
      results.add(
          CheckResult.failure(
              what(seat),
              "whoever answers at " + where(seat) + " is called " + card.watcher(),
              "Correct name under watcher there, or host under watchers on all three."));
      return;
    }
    List<Duration> times = new ArrayList<>();
    Instant ours = clocks.time().instant();
    for (int i = 0; i < TIMES; i++) {
      Duration begun = clocks.ticker().now();
      ours = clocks.time().instant();
      card = questions.ask(seat, question, PATIENCE).flatMap(WatcherCard::read).orElse(card);
      times.add(clocks.ticker().since(begun));
    }
    times.sort(Duration::compareTo);
    said(seat, card, times.get(TIMES / 2), ours);
  }

  /** It is connected to only now, which takes a busy machine long. */
  private static Optional<byte[]> first(
      JournalGroup.Seat seat, byte[] question, PeerQuestions questions) throws IOException {
    for (int i = 1; i < TRIES; i++) {
      try {
        return questions.ask(seat, question, PATIENCE);
      } catch (IOException again) {
        // the next one has a connection that was begun before
      }
    }
    return questions.ask(seat, question, PATIENCE);
  }

  private void said(JournalGroup.Seat seat, WatcherCard card, Duration trip, Instant ours) {
    String answers = "answers at " + where(seat) + " within " + trip.toMillis() + " ms";
    results.add(
        trip.compareTo(SLOW) > 0
            ? CheckResult.warning(
                what(seat),
                answers
                    + ": each decision and each renewal of a floating address waits for that"
                    + " several times",
                "Place it nearer, or look what takes so long on the way.")
            : CheckResult.ok(what(seat), answers));
    results.add(
        card.sameRelease(self)
            ? CheckResult.ok(what(seat), "runs the same release")
            : otherRelease(seat, card.release().isEmpty() ? "none of a jar" : card.release()));
    results.add(
        card.sameFiles(self)
            ? CheckResult.ok(what(seat), "its settings say the same as these")
            : CheckResult.warning(
                what(seat),
                "its settings say something else than these, or cannot be read: what is in force is"
                    + " what was edited last, on whichever machine",
                "Bring config/ to the same text on all three, but for name under watcher."));
    results.add(
        card.ahead(ours)
            .map(
                seconds ->
                    CheckResult.warning(
                        what(seat),
                        "its clock "
                            + WatcherCard.apart(seconds)
                            + ": schedules and codes by text go by the clock of the one that leads",
                        "Set the clocks of all machines by NTP."))
            .orElseGet(() -> CheckResult.ok(what(seat), "its clock says the same")));
    if (card.sameMachine(self)) {
      results.add(oneMachine(self.watcher(), seat.watcher(), "run on one kernel"));
    }
    card.troubles()
        .forEach(
            trouble ->
                results.add(
                    CheckResult.failure(what(seat), "it says: " + trouble, "Run check there.")));
  }

  private CheckResult otherRelease(JournalGroup.Seat seat, String theirs) {
    return CheckResult.warning(
        what(seat),
        "runs another release: " + theirs + ", and here " + self.release(),
        "Bring all three to the same one, one after the other (docs/WATCHERS.md).");
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; cause.getCause() != null && depth < 10; depth++) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
