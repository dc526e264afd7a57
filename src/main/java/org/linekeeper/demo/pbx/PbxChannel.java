package org.linekeeper.demo.pbx;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A live channel, and what AMI says of it (manager_channels.c). */
record PbxChannel(
    String name,
    String uniqueId,
    String state,
    String callerNumber,
    String context,
    String exten,
    @Nullable CompletableFuture<String> reply) {
  static final String UNKNOWN = "<unknown>";

  private String stateNumber() {
    return switch (state) {
      case "Up" -> "6";
      case "Ring" -> "4";
      default -> "0";
    };
  }

  /** The lines that every event about a channel carries. */
  String lines() {
    return String.join(
        "\r\n",
        "Channel: " + name,
        "ChannelState: " + stateNumber(),
        "ChannelStateDesc: " + state,
        "CallerIDNum: " + (callerNumber.isEmpty() ? UNKNOWN : callerNumber),
        "CallerIDName: " + UNKNOWN,
        "ConnectedLineNum: " + UNKNOWN,
        "ConnectedLineName: " + UNKNOWN,
        "Language: en",
        "AccountCode: ",
        "Context: " + context,
        "Exten: " + exten,
        "Priority: 3",
        "Uniqueid: " + uniqueId,
        "Linkedid: " + uniqueId,
        "");
  }
}
