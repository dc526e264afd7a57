package org.linekeeper.web.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for every address under /api that is not one. */
@RestController
final class NothingThere {
  @RequestMapping("/api/**")
  void nothing(HttpServletRequest request) {
    throw new NotFound(
        "There is no "
            + request.getMethod()
            + " "
            + request.getRequestURI()
            + ". There are GET /api/status, /api/numbers, /api/why/{number}, /api/journal, /api/plan"
            + " and POST /api/commands.");
  }
}
