package org.linekeeper.demo.carrier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands in for the Twilio Function of docs/twilio-function.js: answers with the TwiML that rings
 * the staff's mobiles at once and asks each to press 1. Keep the two alike.
 */
final class TwimlHost implements HttpHandler {
  static final String PATH = "/twiml/divert";

  /** Twilio rings at most ten numbers at once. */
  private static final int MAX_NUMBERS = 10;

  /**
   * What Twilio says instead of a withheld caller's number: ANONYMOUS, RESTRICTED, UNAVAILABLE,
   * UNKNOWN and BLOCKED, spelt on a keypad.
   */
  private static final List<String> WITHHELD =
      List.of("+266696687", "+7378742833", "+86282452253", "+8656696", "+2562533");

  /** Whether a network takes a call that shows this as its caller's number. */
  static boolean showable(String from) {
    return numbers(from).size() == 1 && !WITHHELD.contains(numbers(from).get(0));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Request> request = Request.read(exchange);
      Front.send(
          exchange,
          request.isEmpty()
              ? Answer.html(413, "too large")
              : request.get().path().equals(PATH) ? answer(request.get()) : Answer.html(404, ""));
    }
  }

  private static Answer answer(Request request) {
    Map<String, String> both = new LinkedHashMap<>(request.query().values());
    request.form().values().forEach(both::putIfAbsent);
    Form params = Form.of(both);
    return switch (params.get("mode").orElse("dial")) {
      case "screen" -> Answer.xml(screen());
      case "accept" -> Answer.xml(accept(params));
      default -> Answer.xml(dial(params));
    };
  }

  private static String dial(Form params) {
    List<String> to = numbers(params.get("to").orElse(""));
    if (to.isEmpty()) {
      return response("<Say>Sorry, nobody can take your call. Please try again later.</Say>");
    }
    StringBuilder dial = new StringBuilder("<Dial answerOnBridge=\"true\" timeout=\"");
    dial.append(Math.min(60, Math.max(5, params.whole("timeout", 25)))).append('"');
    callerId(params).ifPresent(id -> dial.append(" callerId=\"").append(id).append('"'));
    dial.append('>');
    for (String number : to) {
      dial.append("<Number url=\"").append(PATH).append("?mode=screen\">");
      dial.append(number).append("</Number>");
    }
    dial.append("</Dial><Say>Sorry, nobody can take your call. Please try again later.</Say>");
    return response(dial.toString());
  }

  /** The office's number, where asked for or where the caller's cannot be shown. */
  private static Optional<String> callerId(Form params) {
    boolean shown = showable(params.get("From").orElse(""));
    boolean office = params.get("show").orElse("caller").equals("office");
    return shown && !office
        ? Optional.empty()
        : numbers(params.get("callerId").orElse("")).stream().findFirst();
  }

  private static String screen() {
    return response(
        "<Gather numDigits=\"1\" timeout=\"8\" action=\""
            + PATH
            + "?mode=accept\"><Say>A call for the office. Press 1 to take it.</Say></Gather><Hangup/>");
  }

  private static String accept(Form params) {
    return response(params.get("Digits").orElse("").equals("1") ? "" : "<Hangup/>");
  }

  private static String response(String verbs) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + verbs + "</Response>";
  }

  /** A plus sign in a query means a space, so a number may arrive without its plus. */
  private static List<String> numbers(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .map(n -> n.startsWith("+") ? n : "+" + n)
        .filter(n -> n.matches("\\+[1-9][0-9]{6,14}"))
        .distinct()
        .limit(MAX_NUMBERS)
        .toList();
  }
}
