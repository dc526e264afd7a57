package org.linekeeper.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.linekeeper.web.Problem;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Says no: to programs as a problem, to people as a page they can go on from. */
final class Refusals
    implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {
  private static final Problem LATER =
      Problem.refused(
          429,
          "Too many failed logins",
          "Try again in " + FailedLogins.WINDOW.toMinutes() + " minutes.");

  /** Nobody has logged in yet, or a program's password was wrong. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    if (why instanceof LockedException) {
      later(response);
    } else if (forProgram(request)) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Linekeeper\", charset=\"UTF-8\"");
      Problem.refused(401, "Login needed", "Send name and password of one of web.users.")
          .write(response);
    } else if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", "/login");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else {
      response.sendRedirect("/login");
    }
  }

  /** Somebody may look but not change, or a form was too old. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    if (forProgram(request)) {
      Problem.refused(403, "Not allowed", "This login may look, but not change anything.")
          .write(response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  /** A person's password was wrong. */
  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    response.sendRedirect(why instanceof LockedException ? "/login?later" : "/login?wrong");
  }

  private static void later(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", Long.toString(FailedLogins.WINDOW.toSeconds()));
    LATER.write(response);
  }

  private static boolean forProgram(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.startsWith("/api") || path.startsWith("/actuator") || path.equals("/events");
  }
}
