package org.linekeeper.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.linekeeper.demo.carrier.Exchange;
import org.linekeeper.demo.carrier.SimulatedCarrier;

/**
 * Holds each request to the simulated carrier, and each good answer of it, against Twilio's API
 * description, and collects what does not fit. Attach it with {@link #attach}.
 */
public final class ContractRecorder implements Consumer<Exchange> {
  private static final String PROPERTY = "linekeeper.twilio-openapi";

  /** Served as Twilio's docs describe, but not part of the trimmed description. */
  private static final List<String> NOT_DESCRIBED =
      List.of("/v1/Alerts.*", "/2010-04-01/Accounts/AC[0-9a-f]{32}\\.json");

  /**
   * The validator guesses the types of form values and takes +441632960001 for an integer; in a
   * form every value is text.
   */
  private static final Pattern NUMBER_TAKEN_FOR_TEXT =
      Pattern.compile(
          "Instance type \\((integer|number|boolean)\\) does not match any allowed primitive type"
              + " \\(allowed: \\[.*\"string\"");

  private final OpenApiInteractionValidator validator;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> judged = new CopyOnWriteArrayList<>();

  private ContractRecorder(OpenApiInteractionValidator validator) {
    this.validator = validator;
  }

  /**
   * Judges everything from now on; skips the test, with a message, where the description is
   * missing.
   */
  public static ContractRecorder attach(SimulatedCarrier carrier) {
    Path description = Path.of(System.getProperty(PROPERTY, ""));
    Assumptions.assumeTrue(
        Files.isRegularFile(description),
        () ->
            "Twilio's API description is missing at "
                + description
                + ": set the system property "
                + PROPERTY
                + " to it");
    ContractRecorder recorder =
        new ContractRecorder(
            OpenApiInteractionValidator.createFor(description.toUri().toString())
                .withLevelResolver(
                    LevelResolver.create()
                        .withLevel(
                            "validation.request.parameter.query.unexpected",
                            ValidationReport.Level.ERROR)
                        .build())
                .build());
    carrier.onExchange(recorder);
    return recorder;
  }

  @Override
  public void accept(Exchange exchange) {
    String path = exchange.request().path();
    if (NOT_DESCRIBED.stream().anyMatch(path::matches)) {
      return;
    }
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

  /** What did not fit, one sentence each, in the order of the requests. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** Method and path of each request held against the description. */
  public List<String> judged() {
    return List.copyOf(judged);
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
