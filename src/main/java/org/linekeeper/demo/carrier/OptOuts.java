package org.linekeeper.demo.carrier;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who texted STOP to which number; Twilio then refuses every message to them with error 21610.
 * Source: Twilio help "Twilio support for opt-out keywords (SMS STOP filtering)".
 */
final class OptOuts {
  private static final int LIMIT = 10_000;

  /** Words that the carrier acts on itself when they are the whole message. */
  enum Keyword {
    STOP(
        "You have unsubscribed and will get no more messages from this number. Reply START to"
            + " resubscribe.",
        "STOP",
        "STOPALL",
        "UNSUBSCRIBE",
        "REVOKE",
        "OPTOUT",
        "CANCEL",
        "END",
        "QUIT"),
    START("You are subscribed to messages from this number again.", "START", "YES", "UNSTOP"),
    HELP("Reply STOP to unsubscribe. Msg&Data rates may apply.", "HELP", "INFO");

    final String reply;
    private final List<String> words;

    Keyword(String reply, String... words) {
      this.reply = reply;
      this.words = List.of(words);
    }

    /** Only a message of this one word counts: "STOP PLEASE" does not. */
    static Optional<Keyword> in(String body) {
      String word = body.strip().toUpperCase(Locale.ROOT);
      return Arrays.stream(values()).filter(k -> k.words.contains(word)).findFirst();
    }
  }

  private record Pair(String mobile, String number) {}

  private final Set<Pair> optedOut = new LinkedHashSet<>();

  synchronized boolean contains(String mobile, String number) {
    return optedOut.contains(new Pair(mobile, number));
  }

  synchronized void note(Keyword keyword, String mobile, String number) {
    switch (keyword) {
      case STOP -> {
        if (optedOut.size() < LIMIT) {
          optedOut.add(new Pair(mobile, number));
        }
      }
      case START -> optedOut.remove(new Pair(mobile, number));
      case HELP -> {
        // answered, nothing to remember
      }
    }
  }
}
