package org.linekeeper.web.security;

import java.util.Optional;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.state.Actor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who sent the request that this thread is answering? */
public final class Who {
  /** The name of whoever sits at this machine, where nobody has to log in. */
  static final String LOCAL = "local";

  private Who() {}

  /** As the journal names them. */
  public static Actor by(Actor.Door door) {
    return new Actor(door, present().map(Authentication::getName).orElse(LOCAL));
  }

  /** Whether they may also change things. */
  public static boolean mayOperate() {
    String operator = Logins.role(WebSettings.Role.OPERATOR);
    return present()
        .filter(a -> a.getAuthorities().stream().anyMatch(g -> operator.equals(g.getAuthority())))
        .isPresent();
  }

  private static Optional<Authentication> present() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication());
  }
}
