package org.linekeeper.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.web.Problem;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away what need not be looked at: under a wrong name, past a proxy, too large. */
final class FrontDoor extends OncePerRequestFilter {
  /** A command has at most 1,600 characters, a carrier's text a few thousand. */
  static final int MOST_BYTES = 64 * 1024;

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final List<String> SET_BY_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

  private final Access access;

  FrontDoor(Access access) {
    this.access = access;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Problem> problem = name(request).or(() -> size(request));
    if (problem.isPresent()) {
      problem.get().write(response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<Problem> name(HttpServletRequest request) {
    if (request.getRequestURI().equals(SecurityConfiguration.WEBHOOK)) {
      // The carrier comes under any name; its signature is what counts.
      return Optional.empty();
    }
    String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
    if (!access.allows(host)) {
      return Optional.of(
          Problem.refused(
              403,
              "Not under this name",
              "Linekeeper answers to localhost and to web.public-url only. If this is its address,"
                  + " set it as web.public-url in linekeeper.yml."));
    }
    boolean proxied = SET_BY_PROXIES.stream().anyMatch(h -> request.getHeader(h) != null);
    return proxied && !access.login()
        ? Optional.of(
            Problem.refused(
                403,
                "Not through a proxy",
                "Nobody has to log in on this machine, so nobody may come in from others. Set"
                    + " web.public-url and web.users in linekeeper.yml."))
        : Optional.empty();
  }

  private static Optional<Problem> size(HttpServletRequest request) {
    if (!WITH_BODY.contains(request.getMethod())) {
      return Optional.empty();
    }
    if (request.getHeader("Transfer-Encoding") != null) {
      return Optional.of(
          Problem.refused(411, "Length required", "Send the request with its Content-Length."));
    }
    return request.getContentLengthLong() > MOST_BYTES
        ? Optional.of(
            Problem.refused(413, "Too large", "No request may exceed " + MOST_BYTES + " bytes."))
        : Optional.empty();
  }
}
