package org.linekeeper.carrier.twilio;

import com.twilio.rest.api.v2010.account.Message;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linekeeper.carrier.InboundText;

/** The resource Message, as far as texts to the office go. */
final class Texts {
  private Texts() {}

  /** Empty for texts the office sent itself, and for a record without the essentials. */
  static Optional<InboundText> inbound(Message message) {
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
