package org.linekeeper.demo.pbx;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The classes of events and actions, as manager.conf's {@code read} and {@code write} name them.
 */
public enum AmiClass {
  /** System events: boot, shutdown, registrations; and the AstDB. */
  SYSTEM,
  /** Calls; setting variables. */
  CALL,
  /** The log. */
  LOG,
  /** The console. */
  VERBOSE,
  /** Console commands. */
  COMMAND,
  /** Queues' agents. */
  AGENT,
  /** UserEvent. */
  USER,
  /** Configuration files. */
  CONFIG,
  /** Keys pressed. */
  DTMF,
  /** Looking things up. */
  REPORTING,
  /** Call records. */
  CDR,
  /** Every dialplan step. */
  DIALPLAN,
  /** Placing calls. */
  ORIGINATE;

  /** How a privilege is written in an event or in ListCommands. */
  static String words(Set<AmiClass> classes) {
    if (classes.isEmpty()) {
      return "<none>";
    }
    return classes.stream().map(AmiClass::word).collect(Collectors.joining(",")) + ",all";
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What an EventMask asks for; empty if it is none (manager.c, strings_to_mask). */
  static Optional<Set<AmiClass>> mask(String text) {
    String mask = text.trim().toLowerCase(Locale.ROOT);
    return switch (mask) {
      case "" -> Optional.empty();
      case "on", "yes", "true", "all", "y", "t" -> Optional.of(EnumSet.allOf(AmiClass.class));
      case "off", "no", "false", "none", "n", "f" -> Optional.of(Collections.emptySet());
      default -> Optional.of(mask.matches("[0-9]{1,9}") ? numbered(mask) : named(mask));
    };
  }

  /** One bit each, in the order they are declared here (manager.h). */
  private static Set<AmiClass> numbered(String mask) {
    int bits = Integer.parseInt(mask);
    Set<AmiClass> classes = EnumSet.allOf(AmiClass.class);
    classes.removeIf(c -> (bits & 1 << c.ordinal()) == 0);
    return classes;
  }

  private static Set<AmiClass> named(String mask) {
    Set<AmiClass> classes = EnumSet.noneOf(AmiClass.class);
    for (String word : mask.split(",")) {
      for (AmiClass c : values()) {
        if (c.word().equals(word.trim())) {
          classes.add(c);
        }
      }
    }
    return classes;
  }
}
