package org.linekeeper.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;

/** One receiving buffer per loop thread, instead of 64 kB for each of hundreds of sockets. */
final class Buffers {
  private static final ThreadLocal<ByteBuffer> RECEIVING =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SipMessage.MAX_BYTES));

  private Buffers() {}

  static ByteBuffer receiving() {
    return RECEIVING.get().clear();
  }

  /** What was received, copied out. */
  static byte[] taken(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // closing a socket has nothing to flush: it fails only for a descriptor that is not ours
      throw new UncheckedIOException("a socket could not be closed", e);
    }
  }
}
