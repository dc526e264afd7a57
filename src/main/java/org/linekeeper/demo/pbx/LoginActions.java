package org.linekeeper.demo.pbx;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Coming in, going out, and what one wants to hear. */
final class LoginActions {
  /** {@code sleep(1)} in action_login. */
  private static final Duration AFTER_WRONG_LOGIN = Duration.ofSeconds(1);

  private final PbxMemory memory;
  private int challenges;

  LoginActions(PbxMemory memory) {
    this.memory = memory;
  }

  List<AmiAction> all() {
    return List.of(
        new AmiAction("Challenge", "Generate Challenge for MD5 Auth.", Set.of(), this::challenge),
        new AmiAction("Login", "Login Manager.", Set.of(), this::login),
        new AmiAction("Logoff", "Logoff Manager.", Set.of(), this::logoff),
        new AmiAction("Events", "Control Event Flow.", Set.of(), this::events));
  }

  private void challenge(AmiSession session, AmiRequest request) {
    if (!request.get("AuthType").equalsIgnoreCase("MD5")) {
      session.send(AmiText.error(request, "Must specify AuthType"));
      return;
    }
    challenges++;
    String challenge =
        Integer.toString(100_000_000 + (memory.uniqueId() + challenges).hashCode() / 32);
    session.challenge(challenge);
    session.send(AmiText.response("Success", request, "Challenge: " + challenge + "\r\n"));
  }

  private void login(AmiSession session, AmiRequest request) {
    if (session.loggedIn()) {
      session.send(AmiText.success(request, "Already authenticated"));
      return;
    }
    if (!accepted(session, request)) {
      session
          .server()
          .loop()
          .after(
              AFTER_WRONG_LOGIN,
              () -> {
                session.send(AmiText.error(request, "Authentication failed"));
                session.closeAfterwards();
              });
      return;
    }
    session.logIn(hearing(request.get("Events")));
    session.send(AmiText.success(request, "Authentication accepted"));
    if (session.hears(AmiClass.SYSTEM)) {
      long uptime = Duration.between(memory.started(), memory.now()).toSeconds();
      String times = "Uptime: " + uptime + "\r\nLastReload: " + uptime + "\r\n";
      String lines = times + "Status: Fully Booted\r\n";
      session.send(AmiText.event("FullyBooted", AmiClass.SYSTEM, lines));
    }
  }

  private Set<AmiClass> hearing(String events) {
    Set<AmiClass> wanted = AmiClass.mask(events).orElse(EnumSet.allOf(AmiClass.class));
    Set<AmiClass> allowed = EnumSet.noneOf(AmiClass.class);
    allowed.addAll(memory.settings().read());
    allowed.retainAll(wanted);
    return allowed;
  }

  private boolean accepted(AmiSession session, AmiRequest request) {
    PbxSettings settings = memory.settings();
    if (!request.get("Username").equals(settings.user())) {
      return false;
    }
    if (request.get("AuthType").equalsIgnoreCase("MD5")) {
      String challenge = session.challenge();
      return challenge != null && same(md5(challenge + settings.secret()), request.get("Key"));
    }
    return same(settings.secret(), request.get("Secret"));
  }

  private static boolean same(String a, @Nullable String b) {
    return b != null
        && MessageDigest.isEqual(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private void logoff(AmiSession session, AmiRequest request) {
    session.send(AmiText.response("Goodbye", request, "Message: Thanks for all the fish.\r\n"));
    session.closeAfterwards();
  }

  private void events(AmiSession session, AmiRequest request) {
    AmiClass.mask(request.get("EventMask"))
        .ifPresentOrElse(
            mask -> {
              session.hear(hearing(request.get("EventMask")));
              String state = mask.isEmpty() ? "Off" : "On";
              session.send(AmiText.response("Success", request, "Events: " + state + "\r\n"));
            },
            () -> session.send(AmiText.error(request, "Invalid event mask")));
  }
}
