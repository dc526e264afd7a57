package org.linekeeper.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What watchers ask one another beside the log: one byte says what it is about. */
final class Questions {
  private static final byte WAITS = 'w';
  private static final byte OTHER = 'q';
  private static final byte NOTHING = 'n';
  private static final byte LINEAGE = 'l';
  private static final byte RENEWAL = 'r';
  private static final byte PASSED_ON = 'p';

  private Questions() {}

  /** A watcher wants to be taken in. */
  static byte[] waits(String request) {
    return marked(WAITS, request.getBytes(StandardCharsets.UTF_8));
  }

  /** Anything that does not concern the journal. */
  static byte[] other(byte[] question) {
    return marked(OTHER, question);
  }

  /** Only that it is answered matters. */
  static byte[] nothing() {
    return new byte[] {NOTHING};
  }

  /** Which journal it keeps, and from which that goes on; with who asks, and which it keeps. */
  static byte[] lineage(String request) {
    return marked(LINEAGE, request.getBytes(StandardCharsets.UTF_8));
  }

  /** A renewal that is to count. */
  static byte[] renewal(byte[] entries) {
    return marked(RENEWAL, entries);
  }

  /** One that another watcher has asked to have counted. */
  static byte[] renewalPassedOn(byte[] entries) {
    return marked(PASSED_ON, entries);
  }

  static boolean isRenewal(byte[] question) {
    return question.length > 0 && (question[0] == RENEWAL || question[0] == PASSED_ON);
  }

  static boolean isPassedOn(byte[] question) {
    return question.length > 0 && question[0] == PASSED_ON;
  }

  static boolean isLineage(byte[] question) {
    return question.length > 0 && question[0] == LINEAGE;
  }

  static boolean isNothing(byte[] question) {
    return question.length == 1 && question[0] == NOTHING;
  }

  static boolean isWaits(byte[] question) {
    return question.length > 0 && question[0] == WAITS;
  }

  static byte[] content(byte[] question) {
    return Arrays.copyOfRange(question, Math.min(1, question.length), question.length);
  }

  private static byte[] marked(byte mark, byte[] content) {
    byte[] all = new byte[content.length + 1];
    all[0] = mark;
    System.arraycopy(content, 0, all, 1, content.length);
    return all;
  }
}
