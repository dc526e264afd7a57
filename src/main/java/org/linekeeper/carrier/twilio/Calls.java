package org.linekeeper.carrier.twilio;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.Twiml;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.carrier.DeliveredCall;
import org.linekeeper.carrier.TestCall;
import org.linekeeper.estate.PhoneNumber;

/** The resource Call: test calls, and which calls from outside were answered. */
final class Calls {
  /** How long it rings; a PBX that takes longer does not serve. */
  private static final Duration RING = Duration.ofSeconds(15);

  /** A call that is never hung up would cost money for hours. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * The digits are keyed before this is read; it holds the line while they are listened to, longer
   * than the dialplan waits for them (5 s).
   */
  private static final Twiml HOLD =
      new Twiml("<Response><Pause length=\"8\"/><Hangup/></Response>");

  /** Each w is half a second: audio takes a moment to be there in both directions. */
  private static final String FIRST = "ww";

  private static final String MOST = "50";

  /** Of all directions, the newest first: on a busy account the latest minutes. */
  private static final String MOST_OF_ALL = "200";

  /** From the telephone network to the trunk's PBXs, as Twilio's documentation names it. */
  private static final String FROM_OUTSIDE = "trunking-originating";

  private Calls() {}

  static TestCall create(TwilioRestClient client, PhoneNumber from, PhoneNumber to, String digits) {
    return read(Call.creator(
                new com.twilio.type.PhoneNumber(to.e164()),
                new com.twilio.type.PhoneNumber(from.e164()),
                HOLD)
            .setSendDigits(FIRST + digits)
            .setTimeout(Math.toIntExact(RING.toSeconds()))
            .setTimeLimit(Math.toIntExact(LONGEST.toSeconds()))
            .create(client))
        .orElseThrow(() -> new ApiException("a call without SID or status"));
  }

  static TestCall fetch(TwilioRestClient client, String sid) {
    return read(Call.fetcher(sid).fetch(client))
        .orElseThrow(() -> new ApiException("a call without SID or status"));
  }

  /**
   * The latest calls between the two. Not asked for by StartTime: a call that waits has none yet.
   */
  static List<TestCall> since(
      TwilioRestClient client, PhoneNumber from, PhoneNumber to, Instant since) {
    Map<String, String> query = Map.of("To", to.e164(), "From", from.e164(), "PageSize", MOST);
    String path = "/2010-04-01/Accounts/" + client.getAccountSid() + "/Calls.json";
    return Rest.firstPage(client, Domains.API, path, query, "calls", Call.class).stream()
        .map(Calls::read)
        .flatMap(Optional::stream)
        .filter(call -> !call.at().isBefore(since))
        .toList();
  }

  /**
   * The latest from outside that were answered. Twilio does not say whether it names the trunk of
   * such a call; where it does not, the number must be one of these.
   */
  static List<DeliveredCall> delivered(
      TwilioRestClient client, String trunk, Set<PhoneNumber> numbers) {
    Map<String, String> query = Map.of("PageSize", MOST_OF_ALL);
    String path = "/2010-04-01/Accounts/" + client.getAccountSid() + "/Calls.json";
    return Rest.firstPage(client, Domains.API, path, query, "calls", Call.class).stream()
        .filter(call -> FROM_OUTSIDE.equals(call.getDirection()))
        .filter(
            call ->
                call.getStatus() == Call.Status.IN_PROGRESS
                    || call.getStatus() == Call.Status.COMPLETED)
        .filter(call -> isOf(call, trunk, numbers))
        .map(Calls::began)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Its number may stand in a SIP URI. */
  private static boolean isOf(Call call, String trunk, Set<PhoneNumber> numbers) {
    String named = Objects.toString(call.getTrunkSid(), "");
    String to = Objects.toString(call.getTo(), "");
    return named.isEmpty()
        ? numbers.stream().anyMatch(number -> to.contains(number.e164()))
        : named.equals(trunk);
  }

  private static Optional<DeliveredCall> began(Call call) {
    ZonedDateTime at = call.getStartTime() == null ? call.getDateCreated() : call.getStartTime();
    return at == null || call.getSid() == null
        ? Optional.empty()
        : Optional.of(new DeliveredCall(call.getSid(), at.toInstant()));
  }

  private static Optional<TestCall> read(Call call) {
    Call.Status status = call.getStatus();
    if (call.getSid() == null || call.getDateCreated() == null || status == null) {
      // Twilio's own examples show calls without dates; without one it cannot be placed in time
      return call.getSid() == null || status == null
          ? Optional.empty()
          : Optional.of(new TestCall(call.getSid(), Instant.MAX, stage(status), words(status)));
    }
    return Optional.of(
        new TestCall(
            call.getSid(), call.getDateCreated().toInstant(), stage(status), words(status)));
  }

  private static TestCall.Stage stage(Call.Status status) {
    return switch (status) {
      case QUEUED, RINGING, IN_PROGRESS -> TestCall.Stage.UNDER_WAY;
      case COMPLETED -> TestCall.Stage.WAS_ANSWERED;
      case BUSY, FAILED, NO_ANSWER, CANCELED -> TestCall.Stage.NOT_ANSWERED;
    };
  }

  private static String words(Call.Status status) {
    return Objects.toString(status, "").replace('-', ' ');
  }
}
