package org.linekeeper.asterisk;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bytes below one AMI session: a TCP connection, plain or encrypted, used once. */
interface AmiWire {
  /**
   * Connects by the deadline; waits for it. Encryption takes as long as it takes until {@link
   * #close}.
   */
  void connect(Duration deadline) throws IOException;

  /** Was the TCP connection there at all? */
  boolean reached();

  /** The next line that is not an answer to {@link #ping}; waits for it. Null at the end. */
  @Nullable String line() throws IOException;

  /** Sends, or queues what the peer does not take yet. */
  void send(byte[] bytes) throws IOException;

  /** Does something wait that the peer has not taken? */
  boolean unsent();

  /** When was the peer last heard? */
  Duration heardAt();

  /** What was said first; empty text if nothing was yet. */
  String firstLine();

  /** Can it {@link #ping}? */
  boolean pings();

  /**
   * Sends a Ping, past everything that might make it wait. On the loop's thread.
   *
   * @param heard told once, unless the number is given to {@link #forget} before: the answer, or
   *     that the connection ended
   * @return its number
   */
  long ping(Consumer<Pong> heard);

  /** Nobody waits for that ping any more. On the loop's thread. */
  void forget(long ping);

  /** For whoever wants to know its addresses. */
  Socket socket();

  /** Ends it, from any thread and whatever state it is in; again does nothing. */
  void close();

  /** What the PBX said to a Ping: its lines by name in lower case; empty when it ended instead. */
  record Pong(boolean success, String clock, String message) {
    static final Pong ENDED = new Pong(false, "", "");

    boolean ended() {
      return this == ENDED;
    }
  }
}
