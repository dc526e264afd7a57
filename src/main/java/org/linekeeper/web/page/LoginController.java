package org.linekeeper.web.page;

import jakarta.servlet.http.HttpServletRequest;
import org.linekeeper.web.security.Access;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Asks for name and password, where that is needed. */
@Controller
final class LoginController {
  private final Access access;

  LoginController(Access access) {
    this.access = access;
  }

  @GetMapping("/login")
  String login(Model model, CsrfToken token, HttpServletRequest request) {
    if (!access.login()) {
      return "redirect:/";
    }
    token.getToken();
    model.addAttribute("said", said(request));
    return "login";
  }

  private static String said(HttpServletRequest request) {
    if (request.getParameter("wrong") != null) {
      return "Name or password is wrong.";
    }
    if (request.getParameter("later") != null) {
      return "Too many failed logins. Try again in a few minutes.";
    }
    return request.getParameter("out") != null ? "You are logged out." : "";
  }
}
