package org.linekeeper.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.web.Problem;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes commands through the API only from programs and Linekeeper's own page. A browser lets a
 * page of somebody else's send neither JSON nor a header of its own without asking the server first
 * (the Fetch standard's CORS preflight), and the answer to that is no.
 */
final class ApiGuard extends OncePerRequestFilter {
  /** Any value will do; the name of the client is a good one. */
  static final String HEADER = "X-Linekeeper";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/") || SAFE.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Problem> problem = whyNot(request);
    if (problem.isPresent()) {
      problem.get().write(response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static Optional<Problem> whyNot(HttpServletRequest request) {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    if (!type.toLowerCase(java.util.Locale.ROOT).matches("application/json\\s*(;.*)?")) {
      return Optional.of(
          Problem.refused(
              415, "JSON only", "Send the command with Content-Type: application/json."));
    }
    String site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("none");
    boolean foreign = !site.equals("none") && !site.equals("same-origin");
    return foreign || request.getHeader(HEADER) == null
        ? Optional.of(
            Problem.refused(
                403,
                "Header missing",
                "Send the header "
                    + HEADER
                    + " with the name of your program: web pages of others cannot."))
        : Optional.empty();
  }
}
