package org.linekeeper.web.api;

import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.linekeeper.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what went wrong in the API into problems that say what it means for the phones. */
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
final class ApiProblems {
  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  private static final String NOT_KNOWN =
      "It is not known whether anything was changed; the status and the journal tell.";

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> notFound(NotFound why) {
    return answer(Problem.refused(404, "Not there", message(why)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> notUnderstood(CommandsApi.NotUnderstood why) {
    return answer(Problem.refused(400, "Not understood", message(why)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> notJson(HttpMessageNotReadableException why) {
    return answer(
        Problem.refused(400, "Not understood", "Send JSON such as {\"text\": \"STATUS\"}."));
  }

  /** Tomcat reads a form when it is first asked for a field of it, and throws this. */
  @ExceptionHandler
  ResponseEntity<Map<String, Object>> notAForm(InvalidParameterException why) {
    return answer(Problem.refused(400, "Not understood", "That is not a form."));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> wrongType(MethodArgumentTypeMismatchException why) {
    return answer(Problem.refused(400, "Not understood", why.getName() + " must be a number."));
  }

  @ExceptionHandler({TimeoutException.class, AsyncRequestTimeoutException.class})
  ResponseEntity<Map<String, Object>> late() {
    return answer(
        new Problem(
            504,
            "No answer in time",
            "The command may still be carried out. Look before you repeat it.",
            NOT_KNOWN));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> defect(RuntimeException defect) {
    LOG.error("a request to the API met a defect in Linekeeper", defect);
    return answer(
        new Problem(
            500,
            "A defect in Linekeeper",
            "The log has the details; please report it.",
            NOT_KNOWN));
  }

  private static String message(Exception why) {
    return String.valueOf(why.getMessage());
  }

  private static ResponseEntity<Map<String, Object>> answer(Problem problem) {
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
        .body(problem.members());
  }
}
