package org.linekeeper.sip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What waits until a connection takes it. Limited: a peer may be up and read nothing. */
final class Outgoing {
  private static final int MOST = 256;

  private final Deque<ByteBuffer> messages = new ArrayDeque<>();

  void add(byte[] message) throws IOException {
    next();
    if (messages.size() >= MOST) {
      throw new IOException("the peer takes nothing, " + MOST + " messages wait");
    }
    messages.add(ByteBuffer.wrap(message));
  }

  /** The message to go on with, of which a part may have gone already; null if all have gone. */
  @Nullable ByteBuffer next() {
    ByteBuffer first = messages.peek();
    while (first != null && !first.hasRemaining()) {
      messages.remove();
      first = messages.peek();
    }
    return first;
  }
}
