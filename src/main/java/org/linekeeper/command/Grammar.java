package org.linekeeper.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.linekeeper.command.Parsed.Pin;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.StaffId;

/**
 * What does this text ask for? Any case, surplus blanks, punctuation and emoji are read past; a
 * near miss is explained and never carried out.
 */
public final class Grammar {
  /** The words that begin a command. */
  public static final List<String> KEYWORDS =
      List.of(
          "DIVERT",
          "RETURN",
          "STATUS",
          "SWITCH",
          "FAILBACK",
          "ACKNOWLEDGE",
          "ACK",
          "PAUSE",
          "RESUME",
          "CONFIRM",
          "COMMANDS");

  /**
   * Words that Twilio answers itself when they are the whole text, so they never mean anything
   * here: its default opt-out, opt-in and help keywords.
   */
  public static final Set<String> RESERVED =
      Set.of(
          "STOP",
          "STOPALL",
          "UNSUBSCRIBE",
          "REVOKE",
          "OPTOUT",
          "CANCEL",
          "END",
          "QUIT",
          "START",
          "YES",
          "UNSTOP",
          "HELP",
          "INFO");

  private static final Map<String, String> PEOPLE_ALSO_SAY =
      Map.ofEntries(
          Map.entry("FORWARD", "DIVERT"),
          Map.entry("REDIRECT", "DIVERT"),
          Map.entry("MOVE", "DIVERT"),
          Map.entry("SEND", "DIVERT"),
          Map.entry("UNDO", "RETURN"),
          Map.entry("BACK", "RETURN"),
          Map.entry("RESTORE", "RETURN"),
          Map.entry("UNDIVERT", "RETURN"),
          Map.entry("SWITCHOVER", "SWITCH"),
          Map.entry("FAIL", "FAILBACK"),
          Map.entry("OK", "CONFIRM"),
          Map.entry("LIST", "COMMANDS"),
          Map.entry("MENU", "COMMANDS"));

  private static final Set<String> POLITE_FIRST = Set.of("PLEASE", "PLS", "HI", "HELLO", "HEY");
  private static final Set<String> POLITE_LAST =
      Set.of("PLEASE", "PLS", "THANKS", "THX", "CHEERS", "NOW", "ASAP");

  /** Whoever answers with CONFIRM and the digits means the digits. */
  private static final Set<String> BEFORE_CODE =
      Set.of("CODE", "REPLY", "THE", "MY", "IS", "CONFIRM", "OK", "OKAY", "YES", "AND");

  private static final Pattern CODE = Pattern.compile("\\d{4,8}|\\d{3}[ -]\\d{3}");

  private final Estate estate;

  /** For the names of one office. */
  public Grammar(Estate estate) {
    this.estate = estate;
  }

  /**
   * Reads one text.
   *
   * @param self who ME is; empty if the sender has no mobile of their own
   */
  public Parsed parse(String text, Optional<StaffId> self, Instant now) {
    if (text.length() > Words.LONGEST) {
      return new Parsed.NotUnderstood("That text is too long to be a command. " + seeCommands());
    }
    List<String> words = Words.of(text);
    if (words.size() == 1 && RESERVED.contains(words.get(0))) {
      return new Parsed.Reserved(words.get(0));
    }
    List<String> plain = plain(words);
    return code(plain)
        .or(() -> command(plain, self, now))
        .orElseGet(() -> unknown(plain, self, now));
  }

  private Optional<Parsed> command(List<String> words, Optional<StaffId> self, Instant now) {
    if (words.isEmpty() || !KEYWORDS.contains(words.get(0))) {
      return Optional.empty();
    }
    Read<Parsed.Understood> read = new Phrases(estate, self, now).read(words);
    return Optional.of(read.fold(good -> good, problem -> explained(problem)));
  }

  private static Parsed explained(String problem) {
    boolean asks = problem.endsWith("?");
    return new Parsed.NotUnderstood(problem + (asks ? "" : ".") + " Nothing was changed.");
  }

  private Parsed unknown(List<String> words, Optional<StaffId> self, Instant now) {
    if (words.isEmpty()) {
      return new Parsed.NotUnderstood("I could not read any words in that. " + seeCommands());
    }
    String first = words.get(0);
    Optional<String> meant =
        Optional.ofNullable(PEOPLE_ALSO_SAY.get(first)).or(() -> Typo.nearest(first, KEYWORDS));
    return new Parsed.NotUnderstood(
        meant
            .map(keyword -> suggestion(first, keyword, words, self, now))
            .orElseGet(
                () ->
                    (RESERVED.contains(first) ? "That" : Wording.cut(first))
                        + " is not a command. "
                        + seeCommands()));
  }

  private String suggestion(
      String first, String keyword, List<String> words, Optional<StaffId> self, Instant now) {
    String rest = String.join(" ", words.subList(1, words.size()));
    String whole = (keyword + " " + rest).strip();
    boolean good = command(Words.of(whole), self, now).filter(Grammar::understood).isPresent();
    return Wording.cut(first)
        + ": did you mean "
        + keyword
        + "? Nothing was changed."
        + (good && whole.length() < 80 ? " If so, text: " + whole : "");
  }

  private static boolean understood(Parsed parsed) {
    return parsed.on(
        new Parsed.Cases<>() {
          @Override
          public Boolean understood(Parsed.Understood good) {
            return true;
          }

          @Override
          public Boolean code(Parsed.Code code) {
            return false;
          }

          @Override
          public Boolean notUnderstood(Parsed.NotUnderstood bad) {
            return false;
          }

          @Override
          public Boolean reserved(Parsed.Reserved word) {
            return false;
          }
        });
  }

  private static Optional<Parsed> code(List<String> words) {
    int from = 0;
    while (from < words.size() && BEFORE_CODE.contains(words.get(from))) {
      from++;
    }
    String rest = String.join(" ", words.subList(from, words.size()));
    return CODE.matcher(rest).matches()
        ? Optional.of(new Parsed.Code(new Pin(rest.replaceAll("[ -]", ""))))
        : Optional.empty();
  }

  private static List<String> plain(List<String> words) {
    int from = 0;
    int to = words.size();
    while (from < to && POLITE_FIRST.contains(words.get(from))) {
      from++;
    }
    if (to - from > 2 && words.subList(to - 2, to).equals(List.of("THANK", "YOU"))) {
      to -= 2;
    }
    while (to - from > 1 && POLITE_LAST.contains(words.get(to - 1))) {
      to--;
    }
    while (to > from && words.get(to - 1).equals("AND")) {
      to--;
    }
    return words.subList(from, to);
  }

  static String seeCommands() {
    return "Text COMMANDS to see what you can send.";
  }
}
