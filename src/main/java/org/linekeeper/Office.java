package org.linekeeper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.carrier.twilio.SmsReply;
import org.linekeeper.carrier.twilio.SmsWebhook;
import org.linekeeper.journal.Standing;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Peers;
import org.linekeeper.settings.Problem;
import org.linekeeper.state.Parting;
import org.linekeeper.state.State;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Desk;
import org.linekeeper.web.Mirrored;
import org.linekeeper.web.Notice;
import org.linekeeper.web.OfficeWords;
import org.linekeeper.web.TextDoor;

/** What the page and the API of a running service stand on. */
public final class Office {
  private static final String NO_LEADER =
      "The watchers cannot agree which of them leads: two of them must reach each other. Until then"
          + " nothing is begun; the PBX that serves goes on serving. If the other two are lost, this"
          + " one can go on alone: \"linekeeper alone\" on its machine says what that means, and does"
          + " nothing yet.";

  private Office() {}

  /** The web's view of the service. */
  public static Backend of(Service service) {
    Backend backend =
        Backend.of(
                service.settings().local().web(),
                service.clocks().time(),
                service.clocks().ticker(),
                service.loop()::overview,
                service.journal(),
                Desk.of(service.commands()))
            .withNotices(() -> notices(service))
            .withSeen(service::seen)
            .withMirrored(() -> mirrored(service));
    return service
        .webhook()
        .map(
            webhook ->
                backend.withTexts((form, signature) -> text(service, webhook, form, signature)))
        .orElse(backend);
  }

  private static TextDoor.Knock text(
      Service service, SmsWebhook webhook, SortedMap<String, String> form, String signature) {
    SmsWebhook.Received received = webhook.receive(signature, Map.copyOf(form));
    return received
        .text()
        .map(text -> new TextDoor.Knock(200, () -> answered(service, text)))
        .orElseGet(() -> TextDoor.Knock.refused(received.refusal().status()));
  }

  private static CompletionStage<Optional<String>> answered(Service service, InboundText text) {
    return service
        .texts()
        .hear(text)
        .thenApply(
            reply ->
                reply.map(said -> SmsReply.twiml(Optional.of(said).filter(s -> !s.isEmpty()))));
  }

  private static List<Mirrored> mirrored(Service service) {
    return service.mirror().standing().stream()
        .map(
            copied ->
                new Mirrored(
                    copied.what(),
                    copied.from(),
                    copied.to(),
                    copied.alike(),
                    copied.skipped(),
                    Optional.of(copied.at()).filter(at -> !at.isZero()),
                    copied.failures()))
        .toList();
  }

  private static List<Notice> watchers(Standing standing) {
    List<Notice> notices = new ArrayList<>();
    if (standing.members().size() > 1) {
      notices.add(
          standing.leads()
              ? Notice.good("This watcher leads " + others(standing) + ".")
              : standing
                  .leader()
                  .map(leader -> Notice.good(leader + " leads, and this watcher looks on."))
                  .orElseGet(() -> Notice.warning(NO_LEADER)));
    }
    standing
        .silent()
        .forEach(
            watcher ->
                notices.add(
                    Notice.warning(
                        watcher
                            + " does not answer or does not write its journal. The phones do not depend"
                            + " on it, but if one more"
                            + " watcher fails, nothing is done for them any more.")));
    standing
        .lost()
        .forEach(
            watcher ->
                notices.add(
                    Notice.warning(
                        watcher
                            + " has lost its journal and does not count. Look why, then say:"
                            + " linekeeper replace "
                            + watcher)));
    return notices;
  }

  /** While not all of the watchers are together again after one went on alone. */
  private static List<Notice> parted(Service service) {
    Standing standing = service.journal().standing();
    List<Notice> notices = new ArrayList<>();
    State state = service.journal().state();
    OfficeWords words = new OfficeWords(state, service.clocks().time().instant());
    List<Parting> partings = state.partings();
    String missing =
        service.settings().local().peers().map(Peers::watchers).orElse(List.of()).stream()
            .map(Peers.Peer::name)
            .filter(name -> !standing.members().contains(name))
            .collect(Collectors.joining(" and "));
    if (!standing.members().isEmpty() && !missing.isEmpty() && !partings.isEmpty()) {
      notices.add(Notice.warning(words.plain(parted(partings.get(partings.size() - 1), missing))));
    }
    standing.apart().forEach(sentence -> notices.add(Notice.warning(words.plain(sentence + "."))));
    return notices;
  }

  private static String parted(Parting parting, String missing) {
    return parting.watcher()
        + " went on alone at "
        + parting.at()
        + " ("
        + parting.by()
        + "). "
        + missing
        + ": not taken in yet; each is, once it runs with an empty journal directory. Until then nothing"
        + " may fail here, and should any of them run with what it had before, both sides may move"
        + " the same.";
  }

  private static String others(Standing standing) {
    return standing.members().size() == 2
        ? "both watchers"
        : "the " + standing.members().size() + " watchers";
  }

  private static List<Notice> notices(Service service) {
    List<Notice> notices = new ArrayList<>();
    service
        .settingsDesk()
        .waiting()
        .ifPresent(
            edit ->
                notices.add(
                    Notice.waiting(
                        "An edit of the settings waits for a person: "
                            + edit.change()
                            + ". Until then the settings before it are in force.",
                        edit.held())));
    List<Problem> problems = service.settingsDesk().problems();
    problems.forEach(
        problem ->
            notices.add(
                Notice.warning(
                    "The settings have a mistake, so those before are in force. " + problem)));
    watchers(service.journal().standing()).forEach(notices::add);
    service.aboutWatchers().forEach(s -> notices.add(Notice.warning(s)));
    parted(service).forEach(notices::add);
    service.settingsDesk().differing().ifPresent(s -> notices.add(Notice.warning(s)));
    service.settingsDesk().restartNeeded().forEach(s -> notices.add(Notice.warning(s)));
    Duration now = service.clocks().ticker().now();
    service
        .mirror()
        .standing()
        .forEach(
            copied ->
                notices.add(
                    copied.trouble().isPresent()
                        ? Notice.warning("Not mirrored: " + copied.sentence(now))
                        : Notice.good("Mirrored: " + copied.sentence(now))));
    String warning = service.journal().warning();
    if (!warning.isEmpty()) {
      notices.add(Notice.warning(warning));
    }
    return notices;
  }
}
