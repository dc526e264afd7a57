package org.linekeeper.actuator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.LiveChannel;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Registration;
import org.linekeeper.estate.PbxId;
import org.linekeeper.routing.EmergencyNumbers;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;

/** The PBXs as AMI lets them be changed; what they answer becomes an outcome. */
public final class LinkedPbxs implements PbxControl {
  /** A healthy PBX answers in milliseconds; a step must not hold up the plan for a dead one. */
  private static final Duration DEADLINE = Duration.ofMillis(800);

  /**
   * Asterisk waits up to {@code max_random_initial_delay}, 10 s as shipped, before it registers;
   * then the provider's answer, and a packet or two that is lost.
   */
  private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(15);

  /** That one is sent at once. */
  private static final Duration UNREGISTERED_WITHIN = Duration.ofSeconds(5);

  /** A person waits for this one, and a busy PBX has many channels to tell of. */
  private static final Duration LISTED = Duration.ofSeconds(3);

  private final Map<PbxId, PbxLink> links;
  private final Supplier<String> region;

  /**
   * @param links one for each PBX
   * @param region gives the ISO 3166 code of the office's country, for its emergency numbers
   */
  public LinkedPbxs(List<PbxLink> links, Supplier<String> region) {
    this.region = region;
    this.links = links.stream().collect(Collectors.toMap(PbxLink::pbx, Function.identity()));
  }

  @Override
  public CompletionStage<Outcome> openGate(PbxId pbx, Epoch epoch) {
    return on(pbx, link -> link.openGate(epoch, DEADLINE), "lets the carrier's calls in");
  }

  @Override
  public CompletionStage<Outcome> closeGate(
      PbxId pbx, Duration lease, Epoch epoch, BooleanSupplier still) {
    return on(
        pbx,
        link -> link.closeGate(lease, epoch, still, DEADLINE),
        "turns the carrier's calls away");
  }

  @Override
  public CompletionStage<Outcome> register(PbxId pbx, String registration, boolean up) {
    return on(
        pbx,
        link ->
            up
                ? link.register(registration, REGISTERED_WITHIN)
                : link.unregister(registration, UNREGISTERED_WITHIN),
        (up ? "registers " : "unregisters ") + registration);
  }

  @Override
  public CompletionStage<Outcome> stayUnregistered(PbxId pbx, String registration) {
    PbxLink link = links.get(pbx);
    if (link == null) {
      return notMine(pbx);
    }
    return link.registrations(DEADLINE)
        .thenCompose(
            answer ->
                answer.value().filter(rows -> !registered(rows, registration)).isPresent()
                    ? done(Outcome.already(pbx + " is not registered as " + registration))
                    : register(pbx, registration, false));
  }

  private static boolean registered(List<Registration> rows, String name) {
    return rows.stream().anyMatch(row -> row.name().equals(name) && row.registered());
  }

  @Override
  public CompletionStage<Outcome> readyToLeave(PbxId pbx) {
    PbxLink link = links.get(pbx);
    if (link == null) {
      return done(unseen(pbx));
    }
    return link.channels(LISTED).thenApply(answer -> ready(pbx, answer));
  }

  /** Who cannot see whether somebody is talking to 999 does not cut them off. */
  private Outcome ready(PbxId pbx, AmiAnswer<List<LiveChannel>> answer) {
    return switch (answer.kind()) {
      case DONE ->
          emergency(answer.value().orElse(List.of()))
              .map(
                  call ->
                      Outcome.rejected(
                          "an emergency call is up on "
                              + pbx
                              + " ("
                              + call
                              + "); try again when it has ended"))
              .orElseGet(() -> Outcome.applied(""));
      case SILENT, REFUSED, NOT_ALLOWED ->
          Outcome.rejected(
              "Linekeeper cannot see whether an emergency call is up on "
                  + pbx
                  + ": "
                  + answer.said()
                  + "; try again, and if that does not help, \"linekeeper check\" says why");
      case NOT_CONNECTED -> unseen(pbx);
    };
  }

  /** A PBX that cannot be asked may be dead: the person who asked is told what was not seen. */
  private static Outcome unseen(PbxId pbx) {
    return Outcome.applied(
        pbx
            + " cannot be reached over AMI, so nobody looked whether an emergency call is up on it.");
  }

  private Optional<String> emergency(List<LiveChannel> channels) {
    return channels.stream()
        .flatMap(channel -> Stream.concat(Stream.of(channel.extension()), dialled(channel.data())))
        .filter(number -> EmergencyNumbers.contains(number, region.get()))
        .findFirst();
  }

  /**
   * {@code 999} in {@code PJSIP/999@trunk,30}, in {@code PJSIP/trunk/sip:999@host} and in {@code
   * DAHDI/g1/999&SIP/desk}: whatever stands where a number can stand.
   */
  private static Stream<String> dialled(String data) {
    return Stream.of(data.split(",", 2)[0].split("[&/]"))
        .map(part -> part.replaceFirst("^sips?:", "").split("[@:;]", 2)[0]);
  }

  private CompletionStage<Outcome> on(
      PbxId pbx, Function<PbxLink, CompletionStage<? extends AmiAnswer<?>>> what, String does) {
    PbxLink link = links.get(pbx);
    if (link == null) {
      return notMine(pbx);
    }
    return what.apply(link).thenApply(answer -> outcome(pbx, does, answer));
  }

  private static CompletionStage<Outcome> notMine(PbxId pbx) {
    return done(Outcome.rejected(pbx + " is not in the settings of this watcher"));
  }

  private static Outcome outcome(PbxId pbx, String does, AmiAnswer<?> answer) {
    return switch (answer.kind()) {
      case DONE -> Outcome.applied(pbx + " " + does + ": " + answer.said());
      case REFUSED, NOT_ALLOWED -> Outcome.rejected(pbx + ": " + answer.said());
      case SILENT -> Outcome.unknown(pbx + ": " + answer.said());
      case NOT_CONNECTED ->
          Outcome.rejected(pbx + " cannot be reached now; it is told its role when it is back");
    };
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
