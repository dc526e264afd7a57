package org.linekeeper.demo.pbx;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.linekeeper.demo.pbx.FeatureCode.Reply;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.LoopTimer;

/** A phone that dialled a feature code and waits for Linekeeper's LK_REPLY on its channel. */
final class FeatureCodeCall {
  private FeatureCodeCall() {}

  static void place(
      IoLoop loop,
      PbxMemory memory,
      AmiServer ami,
      FeatureCode code,
      Duration waits,
      CompletableFuture<Reply> heard) {
    CompletableFuture<String> reply = new CompletableFuture<>();
    PbxChannel channel =
        new PbxChannel(
            "PJSIP/" + code.phone() + "-" + memory.nextSequence(),
            memory.uniqueId(),
            "Up",
            code.phone(),
            "linekeeper-command",
            "s",
            reply);
    memory.channels().put(channel.name(), channel);
    ami.tell("UserEvent", AmiClass.USER, channel.lines() + lines(code));
    LoopTimer timer = loop.after(waits, () -> reply.complete(""));
    reply.thenAccept(
        value -> {
          timer.cancel();
          memory.channels().remove(channel.name());
          heard.complete(meaning(value));
        });
  }

  private static String lines(FeatureCode code) {
    return String.join(
        "\r\n",
        "UserEvent: LinekeeperCommand",
        "Caller: " + digits(code.phone()),
        "Staff: " + digits(code.staff()),
        "Pin: " + digits(code.pin()),
        // UserEvent cuts its arguments at commas
        "Text: " + code.text().replaceAll("[,\r\n].*", ""),
        "");
  }

  /** A phone has no other keys that get past Read(). */
  private static String digits(String keyed) {
    return keyed.replaceAll("[^0-9+*]", "");
  }

  private static Reply meaning(String value) {
    return switch (value) {
      case "OK" -> Reply.ACCEPTED;
      case "NO" -> Reply.REFUSED;
      default -> Reply.UNHEARD;
    };
  }
}
