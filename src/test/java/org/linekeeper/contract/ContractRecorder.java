package org.linekeeper.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.linekeeper.demo.carrier.Exchange;
import org.linekeeper.demo.carrier.SimulatedCarrier;

/**
 * Holds each request to the simulated carrier, and each good answer of it, against Twilio's API
 * description, and collects what does not fit. What comes in waits until somebody asks, so that
 * judging takes no time from what is tested.
 */
public final class ContractRecorder implements Consumer<Exchange> {
  private static final String PROPERTY = "linekeeper.twilio-openapi";

  private static final String ALERTS = "/v1/Alerts(/.*)?";

  /** What Twilio's page "Monitor REST API: Alerts" lets a list be asked with. */
  private static final Set<String> ALERTS_QUERY =
      Set.of("LogLevel", "StartDate", "EndDate", "PageSize", "Page", "PageToken");

  private static final String CALLS =
      "/2010-04-01/Accounts/AC[0-9a-f]{32}/Calls(/CA[0-9a-f]{32})?\\.json";

  /** What Twilio's page "Calls resource" lets a list be asked with. */
  private static final Set<String> CALLS_QUERY =
      Set.of(
          "To",
          "From",
          "ParentCallSid",
          "Status",
          "StartTime",
          "StartTime<",
          "StartTime>",
          "EndTime",
          "EndTime<",
          "EndTime>",
          "PageSize",
          "Page",
          "PageToken");

  /** What of that page's "Create a Call" a test call needs; others would be a mistake here. */
  private static final Set<String> CALL_FORM =
      Set.of("To", "From", "Twiml", "SendDigits", "Timeout", "TimeLimit");

  /** What that page says every call has; an answer without one of them is no call. */
  private static final List<String> CALL_FIELDS =
      List.of(
          "account_sid",
          "annotation",
          "answered_by",
          "api_version",
          "caller_name",
          "date_created",
          "date_updated",
          "direction",
          "duration",
          "end_time",
          "forwarded_from",
          "from",
          "from_formatted",
          "group_sid",
          "parent_call_sid",
          "phone_number_sid",
          "price",
          "price_unit",
          "queue_time",
          "sid",
          "start_time",
          "status",
          "subresource_uris",
          "to",
          "to_formatted",
          "trunk_sid",
          "uri");

  /** Held by hand against Twilio's pages, as docs/CARRIER.md says: the description lacks them. */
  private static final List<String> NOT_DESCRIBED =
      List.of(ALERTS, CALLS, "/2010-04-01/Accounts/AC[0-9a-f]{32}\\.json");

  /**
   * The validator guesses the types of form values and takes +441632960001 for an integer; in a
   * form every value is text.
   */
  private static final Pattern NUMBER_TAKEN_FOR_TEXT =
      Pattern.compile(
          "Instance type \\((integer|number|boolean)\\) does not match any allowed primitive type"
              + " \\(allowed: \\[.*\"string\"");

  /** Characters of requests and answers that may wait; beyond it they are judged at once. */
  private static final long MOST_WAITING = 16_000_000;

  private final List<Exchange> waiting = new ArrayList<>();
  private final BitSet seen = new BitSet();
  private final List<String> violations = new ArrayList<>();
  private final List<String> judged = new ArrayList<>();
  private long waitingCharacters;

  private ContractRecorder() {}

  /** Read once: it takes most of a second. */
  private static final class Description {
    static final Path FILE = Path.of(System.getProperty(PROPERTY, ""));
    static final Optional<OpenApiInteractionValidator> VALIDATOR =
        Files.isRegularFile(FILE) ? Optional.of(read()) : Optional.empty();

    private static OpenApiInteractionValidator read() {
      return OpenApiInteractionValidator.createFor(FILE.toUri().toString())
          .withLevelResolver(
              LevelResolver.create()
                  .withLevel(
                      "validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                  .build())
          .build();
    }
  }

  /** Records everything, the carrier's latest requests so far included. */
  public static ContractRecorder attach(SimulatedCarrier carrier) {
    ContractRecorder recorder = new ContractRecorder();
    carrier.onExchange(recorder);
    carrier.exchanges().forEach(recorder);
    return recorder;
  }

  @Override
  public synchronized void accept(Exchange exchange) {
    String path = exchange.request().path();
    int number = Math.toIntExact(exchange.number());
    if (path.matches(ALERTS)) {
      exchange.request().query().values().keySet().stream()
          .filter(parameter -> !ALERTS_QUERY.contains(parameter))
          .forEach(parameter -> violations.add("alerts cannot be asked with " + parameter));
    }
    if (path.matches(CALLS) && !seen.get(number)) {
      seen.set(number);
      calls(exchange);
    }
    if (seen.get(number) || NOT_DESCRIBED.stream().anyMatch(path::matches)) {
      return;
    }
    seen.set(number);
    waiting.add(exchange);
    waitingCharacters += exchange.request().body().length() + exchange.answer().body().length();
    if (waitingCharacters > MOST_WAITING) {
      judge();
    }
  }

  private void calls(Exchange exchange) {
    var request = exchange.request();
    request.query().values().keySet().stream()
        .filter(parameter -> !CALLS_QUERY.contains(parameter))
        .forEach(parameter -> violations.add("calls cannot be asked with " + parameter));
    request.form().values().keySet().stream()
        .filter(parameter -> !CALL_FORM.contains(parameter))
        .forEach(parameter -> violations.add("a call is not placed with " + parameter));
    boolean one = !request.path().endsWith("/Calls.json") || request.method().equals("POST");
    if (exchange.answer().status() < 300 && exchange.fault().isEmpty() && one) {
      CALL_FIELDS.stream()
          .filter(field -> !exchange.answer().body().contains("\"" + field + "\":"))
          .forEach(field -> violations.add("a call has no " + field));
    }
  }

  private void judge() {
    Description.VALIDATOR.ifPresent(
        validator -> waiting.forEach(exchange -> judge(validator, exchange)));
    waiting.clear();
    waitingCharacters = 0;
  }

  private void judge(OpenApiInteractionValidator validator, Exchange exchange) {
    String path = exchange.request().path();
    judged.add(exchange.request().method() + " " + path);
    report(exchange, "request", validator.validateRequest(request(exchange)));
    // Refusals and injected faults are not part of the description.
    boolean good = exchange.answer().status() < 300 && exchange.fault().isEmpty();
    if (good) {
      report(
          exchange,
          "answer",
          validator.validateResponse(
              path, Method.valueOf(exchange.request().method()), response(exchange)));
    }
  }

  /**
   * What did not fit, one sentence each, in the order of the requests. Skips the test, with a
   * message, where the description is missing.
   */
  public synchronized List<String> violations() {
    assumeDescribed();
    judge();
    return List.copyOf(violations);
  }

  /** Method and path of each request held against the description. Skips like violations. */
  public synchronized List<String> judged() {
    assumeDescribed();
    judge();
    return List.copyOf(judged);
  }

  /**
   * Fails if anything did not fit. Where the description is missing it says nothing: then those
   * tests skip that are about the contract, and CI fails for want of it.
   */
  public synchronized void assertKept() {
    judge();
    assertThat(violations).as("what does not fit Twilio's API description").isEmpty();
  }

  private static void assumeDescribed() {
    Assumptions.assumeTrue(
        Description.VALIDATOR.isPresent(),
        () ->
            "Twilio's API description is missing at "
                + Description.FILE
                + ": set the system property "
                + PROPERTY
                + " to it");
  }

  private void report(Exchange exchange, String what, ValidationReport report) {
    report.getMessages().stream()
        .filter(m -> m.getLevel() == ValidationReport.Level.ERROR)
        .filter(m -> !NUMBER_TAKEN_FOR_TEXT.matcher(m.getMessage()).find())
        .forEach(
            m ->
                violations.add(
                    "%s of %s: %s (%s)"
                        .formatted(what, exchange.request(), m.getMessage(), m.getKey())));
  }

  private static SimpleRequest request(Exchange exchange) {
    var request = exchange.request();
    SimpleRequest.Builder builder =
        new SimpleRequest.Builder(request.method(), request.path())
            .withHeader("Authorization", request.authorization());
    request.query().values().forEach(builder::withQueryParam);
    if (!request.contentType().isEmpty()) {
      builder.withContentType(request.contentType());
    }
    if (!request.body().isEmpty()) {
      builder.withBody(request.body());
    }
    return builder.build();
  }

  private static SimpleResponse response(Exchange exchange) {
    SimpleResponse.Builder builder = new SimpleResponse.Builder(exchange.answer().status());
    if (!exchange.answer().body().isEmpty()) {
      builder.withContentType(exchange.answer().contentType()).withBody(exchange.answer().body());
    }
    return builder.build();
  }
}
