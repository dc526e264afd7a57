package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries texts between staff mobiles and the office's numbers, and calls the SMS webhooks. */
final class SmsDesk {
  private static final int CHARACTERS_A_SEGMENT = 153;

  private final World world;
  private final Mobiles mobiles;
  private final OptOuts optOuts = new OptOuts();
  private final Webhooks webhooks;
  private final Supplier<Knobs> knobs;
  private final Executor outside;

  SmsDesk(
      World world, Mobiles mobiles, Webhooks webhooks, Supplier<Knobs> knobs, Executor outside) {
    this.world = world;
    this.mobiles = mobiles;
    this.webhooks = webhooks;
    this.knobs = knobs;
    this.outside = outside;
  }

  /** A text from the outside arrives at a number; the webhook is called on another thread. */
  Entity arrives(String from, String to, String body) {
    Entity message;
    synchronized (world) {
      message = store(from, to, body, "inbound", "received");
    }
    Optional<OptOuts.Keyword> keyword = OptOuts.Keyword.in(body);
    keyword.ifPresent(k -> optOuts.note(k, from, to));
    outside.execute(
        () -> {
          keyword.ifPresent(k -> deliver(to, from, k.reply, "outbound-reply"));
          callWebhook(message);
        });
    return message;
  }

  /** The same message is posted to the webhook once more, as can happen with the real carrier. */
  boolean redeliver(String messageSid) {
    Optional<Entity> message;
    synchronized (world) {
      message = world.messages.get(messageSid);
    }
    message.ifPresent(m -> outside.execute(() -> callWebhook(m)));
    return message.isPresent();
  }

  /** Why the carrier refuses to send this text; empty if it takes it. */
  Optional<TwilioError> refusal(String from, String to, String body) {
    if (to.isBlank()) {
      return Optional.of(TwilioError.of(400, 21604, "A 'To' phone number is required."));
    }
    if (!to.matches("\\+[1-9][0-9]{6,14}")) {
      return Optional.of(TwilioError.of(400, 21211, "Invalid 'To' Phone Number: " + to));
    }
    if (from.isBlank()) {
      return Optional.of(TwilioError.of(400, 21603, "A 'From' phone number is required."));
    }
    Optional<Entity> number = world.numberFor(from);
    if (number.isEmpty()) {
      return Optional.of(
          TwilioError.of(400, 21659, "'From' " + from + " is not a Twilio phone number"));
    }
    if (!(number.get().values().get("capabilities") instanceof Map<?, ?> can)
        || !Boolean.TRUE.equals(can.get("sms"))) {
      return Optional.of(
          TwilioError.of(400, 21606, "The 'From' phone number " + from + " cannot send SMS"));
    }
    if (body.isEmpty()) {
      return Optional.of(TwilioError.of(400, 21602, "Message body is required."));
    }
    if (body.length() > 1600) {
      return Optional.of(
          TwilioError.of(400, 21617, "The message body exceeds the 1600 character limit"));
    }
    return optOuts.contains(to, from)
        ? Optional.of(TwilioError.of(400, 21610, "Attempt to send to unsubscribed recipient"))
        : Optional.empty();
  }

  /** Takes a text for sending; it is delivered on another thread. Holds the world's monitor. */
  Entity accept(String from, String to, String body) {
    Entity message = store(from, to, body, "outbound-api", "queued");
    outside.execute(() -> handOver(message));
    return message;
  }

  private void deliver(String from, String to, String body, String direction) {
    Entity message;
    synchronized (world) {
      message = store(from, to, body, direction, "queued");
    }
    handOver(message);
  }

  private void handOver(Entity message) {
    Optional<Mobile> mobile = mobiles.get(message.text("to"));
    synchronized (world) {
      Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
      outcome.put("status", mobile.isPresent() ? "delivered" : "undelivered");
      outcome.put("error_code", mobile.isPresent() ? null : 30005);
      outcome.put("error_message", mobile.isPresent() ? null : "Unknown destination handset");
      outcome.put("date_sent", world.now());
      world.messages.put(message.with(outcome, world.now()));
    }
    mobile.ifPresent(
        m ->
            m.receive(
                new Mobile.Text(
                    message.sid(), world.now(), message.text("from"), message.text("body"))));
  }

  private Entity store(String from, String to, String body, String direction, String status) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("from", from);
    values.put("to", to);
    values.put("body", body);
    values.put("direction", direction);
    values.put("status", status);
    values.put("date_sent", status.equals("received") ? world.now() : null);
    values.put("error_code", null);
    values.put("error_message", null);
    values.put("num_media", "0");
    values.put("num_segments", Integer.toString(1 + body.length() / CHARACTERS_A_SEGMENT));
    values.put("messaging_service_sid", null);
    values.put("price", null);
    values.put("price_unit", "USD");
    Entity message = world.make("SM", "", values);
    world.messages.put(message);
    return message;
  }

  private void callWebhook(Entity message) {
    Hook hook = hook(message.text("to"));
    if (hook.url().isEmpty()) {
      return; // the message is in the log and can be polled; nothing else happens
    }
    Form params = params(message);
    String problem = tryHook(hook.method(), hook.url(), params, message);
    if (!problem.isEmpty() && !hook.fallbackUrl().isEmpty()) {
      Map<String, String> again = new LinkedHashMap<>(params.values());
      again.put("ErrorCode", "11200");
      again.put("ErrorUrl", hook.url());
      tryHook(hook.fallbackMethod(), hook.fallbackUrl(), Form.of(again), message);
    }
  }

  /** Empty if the URL's answer could be used. */
  private String tryHook(String method, String url, Form params, Entity message) {
    Webhooks.Reply reply = webhooks.ask(method, url, params, knobs.get().webhookDeadline());
    Optional<List<String>> texts = reply.usable() ? replies(reply) : Optional.empty();
    if (texts.isPresent()) {
      texts.get().forEach(t -> answer(message, t));
      return "";
    }
    int code = reply.usable() ? 12100 : 11200;
    String problem = reply.usable() ? "answered something that is not TwiML" : reply.problem();
    synchronized (world) {
      world.alert(code, "error", url + " " + problem, message.sid(), url);
    }
    return problem;
  }

  /** Which texts the webhook's answer asks for; empty if it is not TwiML. */
  private static Optional<List<String>> replies(Webhooks.Reply reply) {
    if (reply.body().isBlank()) {
      return Optional.of(List.of());
    }
    if (reply.contentType().startsWith("text/plain")) {
      return Optional.of(List.of(reply.body()));
    }
    return Verb.parse(reply.body())
        .map(
            verbs ->
                verbs.stream()
                    .filter(v -> v.name().equals("Message"))
                    .map(SmsDesk::body)
                    .filter(b -> !b.isEmpty())
                    .toList());
  }

  private static String body(Verb message) {
    return message.children().stream()
        .filter(c -> c.name().equals("Body"))
        .map(Verb::text)
        .findFirst()
        .orElse(message.text());
  }

  private void answer(Entity message, String text) {
    String number = message.text("to");
    String mobile = message.text("from");
    if (optOuts.contains(mobile, number)) {
      synchronized (world) {
        world.alert(21610, "error", "Reply to unsubscribed " + mobile, message.sid(), "");
      }
      return;
    }
    deliver(number, mobile, text, "outbound-reply");
  }

  private Form params(Entity message) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("ToCountry", "GB");
    params.put("SmsMessageSid", message.sid());
    params.put("NumMedia", "0");
    params.put("SmsSid", message.sid());
    params.put("SmsStatus", "received");
    params.put("FromCountry", "GB");
    params.put("Body", message.text("body"));
    params.put("To", message.text("to"));
    params.put("NumSegments", message.text("num_segments"));
    params.put("MessageSid", message.sid());
    params.put("AccountSid", world.account.sid());
    params.put("From", message.text("from"));
    params.put("ApiVersion", "2010-04-01");
    return Form.of(params);
  }

  private record Hook(String method, String url, String fallbackMethod, String fallbackUrl) {}

  /** The number's own URLs, or those of its SMS application if it has one. */
  private Hook hook(String e164) {
    synchronized (world) {
      return world
          .numberFor(e164)
          .map(n -> world.applications.get(n.text("sms_application_sid")).orElse(n))
          .map(
              e ->
                  new Hook(
                      e.text("sms_method"),
                      e.text("sms_url"),
                      e.text("sms_fallback_method"),
                      e.text("sms_fallback_url")))
          .orElse(new Hook("", "", "", ""));
    }
  }
}
