package org.linekeeper.carrier.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Message;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.estate.PhoneNumber;

/** The resource Message, as far as texts to the office go. */
final class Texts {
  /** Twilio lists the newest first; more than this at once is a flood. */
  private static final String MOST = "1000";

  private Texts() {}

  /** Texts to a number since then, as many as Twilio gives at once, oldest first. */
  static List<InboundText> to(TwilioRestClient client, PhoneNumber to, Instant since) {
    Map<String, String> query =
        Map.of("To", to.e164(), "DateSent>", Rest.time(since), "PageSize", MOST);
    String path = "/2010-04-01/Accounts/" + client.getAccountSid() + "/Messages.json";
    return Rest.firstPage(client, Domains.API, path, query, "messages", Message.class).stream()
        .map(Texts::inbound)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(InboundText::received))
        .toList();
  }

  /** Empty for texts the office sent itself, and for a record without the essentials. */
  private static Optional<InboundText> inbound(Message message) {
    Instant at = received(message.getDateSent(), message.getDateCreated());
    if (message.getDirection() != Message.Direction.INBOUND
        || at == null
        || message.getSid() == null
        || message.getFrom() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new InboundText(
            message.getSid(),
            message.getFrom().toString(),
            Objects.toString(message.getTo(), ""),
            Objects.toString(message.getBody(), ""),
            at));
  }

  private static @Nullable Instant received(
      @Nullable ZonedDateTime sent, @Nullable ZonedDateTime created) {
    ZonedDateTime at = sent == null ? created : sent;
    return at == null ? null : at.toInstant();
  }
}
