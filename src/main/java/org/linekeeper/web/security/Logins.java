package org.linekeeper.web.security;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.linekeeper.settings.PasswordHash;
import org.linekeeper.settings.Passwords;
import org.linekeeper.settings.WebSettings;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Checks names and passwords against the settings. */
final class Logins implements AuthenticationProvider {
  /** A check costs about 0.1 s of a processor: two at once would starve a small watcher. */
  private static final Semaphore CHECKS = new Semaphore(1);

  private static final String LATER = "Too many failed logins.";

  private final List<WebSettings.User> users;
  private final FailedLogins failed;

  /** Compared with when there is no such user, so that the time taken does not tell. */
  private final PasswordHash nobody;

  Logins(List<WebSettings.User> users, FailedLogins failed) {
    this.users = List.copyOf(users);
    this.failed = failed;
    this.nobody = Passwords.hash("no such user");
  }

  @Override
  public Authentication authenticate(Authentication asked) {
    String address = address(asked);
    if (failed.tooMany(address, asked.getName())) {
      throw new LockedException(LATER);
    }
    String password = String.valueOf(asked.getCredentials());
    Optional<WebSettings.User> user =
        users.stream().filter(u -> u.name().equals(asked.getName())).findFirst();
    boolean right =
        matches(password, user.map(WebSettings.User::password).orElse(nobody)) && user.isPresent();
    if (!right) {
      failed.failed(address, asked.getName());
      throw new BadCredentialsException("Name or password is wrong.");
    }
    failed.succeeded(asked.getName());
    return UsernamePasswordAuthenticationToken.authenticated(
        asked.getName(), null, List.of(new SimpleGrantedAuthority(role(user.get().role()))));
  }

  static String role(WebSettings.Role role) {
    return "ROLE_" + role.name();
  }

  private static boolean matches(String password, PasswordHash hash) {
    boolean mayCheck = false;
    try {
      mayCheck = CHECKS.tryAcquire(3, TimeUnit.SECONDS);
      if (!mayCheck) {
        throw new LockedException(LATER);
      }
      return Passwords.matches(password, hash);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new LockedException(LATER);
    } finally {
      if (mayCheck) {
        CHECKS.release();
      }
    }
  }

  private static String address(Authentication asked) {
    return asked.getDetails() instanceof WebAuthenticationDetails details
        ? String.valueOf(details.getRemoteAddress())
        : "unknown";
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
