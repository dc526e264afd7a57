package org.linekeeper.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.linekeeper.net.IoLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Silence with keyed digits in it, one RTP packet every 20 ms (RFC 3550, RFC 4733), until closed.
 * On its loop's thread.
 */
final class RtpDigits {
  private static final Logger log = LoggerFactory.getLogger(RtpDigits.class);

  private static final Duration PACE = Duration.ofMillis(20);

  /** Of 8 kHz in 20 ms. */
  private static final int SAMPLES = 160;

  /** A digit is keyed for 100 ms, its end said three times, and 100 ms of silence follow. */
  private static final int KEYED = 5;

  private static final int ENDS = 3;
  private static final int GAP = 5;

  /** What a w stands for, half a second. */
  private static final int PAUSE = 25;

  /** Of G.711 mu-law: silence. */
  private static final byte QUIET = (byte) 0xff;

  private static final String KEYS = "0123456789*#";

  private final IoLoop loop;
  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final String digits;
  private final int source = ThreadLocalRandom.current().nextInt();
  private int sequence = ThreadLocalRandom.current().nextInt(10_000);
  private int time = ThreadLocalRandom.current().nextInt(1_000_000);
  private int digit;
  private int step;

  private RtpDigits(IoLoop loop, DatagramChannel channel, String digits) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.digits = digits;
  }

  static RtpDigits open(IoLoop loop, InetAddress at, String digits) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.bind(new InetSocketAddress(at, 0));
      channel.configureBlocking(false);
      return new RtpDigits(loop, channel, digits);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** How long it takes to key them all. */
  static Duration length(String digits) {
    int pauses = (int) digits.chars().filter(c -> c == 'w').count();
    int keys = digits.length() - pauses;
    return PACE.multipliedBy((long) pauses * PAUSE + (long) keys * (KEYED + ENDS + GAP));
  }

  /** Where audio comes from, and may be sent to. */
  InetSocketAddress local() {
    return local;
  }

  /** Begins. */
  void send(InetSocketAddress to, int payload) {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.send(next(payload), to);
    } catch (IOException e) {
      log.debug("{} cannot send audio to {}: {}", local, to, e.toString());
    }
    loop.after(PACE, () -> send(to, payload));
  }

  private ByteBuffer next(int payload) {
    char key = digit < digits.length() ? digits.charAt(digit) : 'w';
    int steps = key == 'w' ? PAUSE : KEYED + ENDS + GAP;
    int now = step;
    step++;
    if (step >= steps) {
      step = 0;
      digit = Math.min(digit + 1, digits.length());
    }
    boolean keyed = key != 'w' && now < KEYED + ENDS;
    ByteBuffer packet =
        keyed ? event(payload, KEYS.indexOf(key), now) : header(0, false, time).put(silence());
    time += SAMPLES;
    sequence++;
    return packet.flip();
  }

  /** All packets of one digit carry the time at which it began. */
  private ByteBuffer event(int payload, int key, int now) {
    int duration = Math.min(now + 1, KEYED) * SAMPLES;
    int ended = now >= KEYED ? 0x80 : 0;
    return header(payload, now == 0, time - now * SAMPLES)
        .put((byte) key)
        .put((byte) (ended | 10))
        .putShort((short) duration);
  }

  private ByteBuffer header(int payload, boolean marked, int at) {
    return ByteBuffer.allocate(12 + SAMPLES)
        .put((byte) 0x80)
        .put((byte) (payload | (marked ? 0x80 : 0)))
        .putShort((short) sequence)
        .putInt(at)
        .putInt(source);
  }

  private static byte[] silence() {
    byte[] samples = new byte[SAMPLES];
    Arrays.fill(samples, QUIET);
    return samples;
  }

  void close() {
    Buffers.close(channel);
  }
}
