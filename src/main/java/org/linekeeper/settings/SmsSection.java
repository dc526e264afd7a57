package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.linekeeper.command.DialogueRules;

/** {@code sms:} in linekeeper.yml, but for the control number, which is the trunk's. */
final class SmsSection {
  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
  private static final Duration LEAST_OFTEN = Duration.ofHours(1);
  private static final Duration SHORTEST_CODE = Duration.ofMinutes(1);
  private static final Duration LONGEST_CODE = Duration.ofHours(1);

  private SmsSection() {}

  static SmsSettings read(Section section) {
    SmsSettings shipped = SmsSettings.defaults();
    List<Value> addresses = section.optional("webhook-url").map(Value::list).orElse(List.of());
    List<URI> webhooks = addresses.stream().flatMap(v -> v.urlAsItStands().stream()).toList();
    Optional<Value> pollValue = section.optional("poll-every");
    Optional<Duration> poll =
        pollValue.isEmpty() ? shipped.pollEvery() : pollValue.flatMap(SmsSection::poll);
    SmsSettings sms = new SmsSettings(webhooks, poll, dialogue(section, shipped.dialogue()));
    section.close();
    if (pollValue.isPresent() && off(pollValue.get()) && addresses.isEmpty()) {
      pollValue
          .get()
          .wrong(
              "no text would ever arrive: polling is off and there is no webhook-url",
              "add webhook-url, or give poll-every a duration such as 5s");
    }
    return sms;
  }

  private static DialogueRules dialogue(Section section, DialogueRules shipped) {
    Section limits = section.section("limits");
    DialogueRules rules =
        new DialogueRules(
            section
                .optional("code-valid")
                .flatMap(v -> v.duration(SHORTEST_CODE, LONGEST_CODE))
                .orElse(shipped.codeLife()),
            count(limits, "wrong-codes", 10, shipped.wrongCodes()),
            count(limits, "texts", 1000, shipped.texts()),
            count(limits, "unknown-texts", 1000, shipped.unknownTexts()),
            section.optional("pin-by-text").flatMap(Value::yesOrNo).orElse(shipped.pinByText()),
            count(limits, "wrong-pins", 10, shipped.wrongPins()),
            limits
                .optional("per")
                .flatMap(v -> v.duration(SHORTEST_CODE, Duration.ofDays(1)))
                .orElse(shipped.per()));
    limits.close();
    return rules;
  }

  private static int count(Section section, String key, int most, int shipped) {
    return section.optional(key).flatMap(v -> v.number(1, most)).orElse(shipped);
  }

  private static Optional<Duration> poll(Value value) {
    return off(value) ? Optional.empty() : value.duration(MOST_OFTEN, LEAST_OFTEN);
  }

  private static boolean off(Value value) {
    return value.text().filter("off"::equalsIgnoreCase).isPresent();
  }
}
