package org.linekeeper.demo.pbx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a client's bytes into actions, with Asterisk's own limits (manager.c). */
final class AmiReader {
  /** {@code inbuf[1025]}, less its end. */
  private static final int MAX_LINE = 1024;

  /** {@code AST_MAX_MANHEADERS}. */
  private static final int MAX_LINES = 128;

  /** Takes what was read. */
  interface Sink {
    void request(AmiRequest request);

    void malformed(AmiRequest soFar, String message);
  }

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();
  private boolean lineTooLong;
  private boolean tooManyLines;

  void add(byte[] bytes, Sink sink) {
    for (byte b : bytes) {
      if (b == '\n') {
        endOfLine(sink);
      } else if (line.size() < MAX_LINE) {
        line.write(b);
      } else {
        lineTooLong = true;
      }
    }
  }

  private void endOfLine(Sink sink) {
    // a stray carriage return or NUL inside would end the line early in what we answer with it
    String text = line.toString(StandardCharsets.UTF_8).replaceAll("[\r\0]", "");
    line.reset();
    if (!text.isEmpty()) {
      if (lines.size() < MAX_LINES) {
        lines.add(text);
      } else {
        tooManyLines = true;
      }
      return;
    }
    AmiRequest request = new AmiRequest(lines);
    lines.clear();
    boolean many = tooManyLines;
    boolean longLine = lineTooLong;
    tooManyLines = false;
    lineTooLong = false;
    if (many) {
      sink.malformed(request, "Too many lines in message or allocation failure");
    } else if (longLine) {
      sink.malformed(request, "Failed to parse message: line too long");
    } else {
      sink.request(request);
    }
  }
}
