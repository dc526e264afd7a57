package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of a phone: sends telephone events (RFC 4733) in RTP, payload type 101, 8 kHz; and its
 * microphone, in a quiet room.
 */
final class Keypad implements AutoCloseable {
  private static final String KEYS = "0123456789*#";
  private static final int EVENT = 101;
  private static final int A_LAW = 8;
  private static final byte SILENCE = (byte) 0xd5;
  private static final int MARKER = 0x80;
  private static final int END = 0x80;
  private static final int VOLUME = 10;
  private static final Duration PACKET_TIME = Duration.ofMillis(20);
  private static final int SAMPLES = 160;
  private static final int PACKETS = 5;
  // the last one is sent three times, so that a key is not held for ever if it is lost
  private static final int LAST_PACKETS = 3;
  private static final Duration GAP = Duration.ofMillis(80);

  private final DatagramSocket rtp;
  private int sequence = 1;
  private int timestamp = 1000;

  Keypad(InetAddress here) throws IOException {
    this.rtp = new DatagramSocket(0, here);
  }

  int port() {
    return rtp.getLocalPort();
  }

  /** Presses the keys one by one, towards the audio address in this session description. */
  void press(String keys, String sdp) {
    InetSocketAddress there = audio(sdp);
    for (char key : keys.toCharArray()) {
      int event = KEYS.indexOf(key);
      if (event < 0) {
        throw new IllegalArgumentException("no such key: " + key);
      }
      for (int i = 1; i <= PACKETS; i++) {
        send(there, event, i == 1 ? MARKER : 0, 0, i * SAMPLES);
        Await.pause(PACKET_TIME);
      }
      for (int i = 0; i < LAST_PACKETS; i++) {
        send(there, event, 0, END, (PACKETS + 1) * SAMPLES);
      }
      timestamp += (PACKETS + 8) * SAMPLES;
      Await.pause(GAP);
    }
  }

  /** Says 20 ms of silence, A-law, towards the audio address in this session description. */
  void say(String sdp) {
    ByteBuffer packet = ByteBuffer.allocate(12 + SAMPLES);
    packet.put((byte) 0x80).put((byte) A_LAW).putShort((short) sequence++);
    packet.putInt(timestamp).putInt(0x1ab);
    while (packet.hasRemaining()) {
      packet.put(SILENCE);
    }
    timestamp += SAMPLES;
    send(audio(sdp), packet);
  }

  private void send(InetSocketAddress there, int event, int marker, int end, int duration) {
    ByteBuffer packet = ByteBuffer.allocate(16);
    packet.put((byte) 0x80).put((byte) (marker | EVENT)).putShort((short) sequence++);
    packet.putInt(timestamp).putInt(0x1ab);
    packet.put((byte) event).put((byte) (end | VOLUME)).putShort((short) duration);
    send(there, packet);
  }

  private void send(InetSocketAddress there, ByteBuffer packet) {
    try {
      rtp.send(new DatagramPacket(packet.array(), packet.capacity(), there));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress audio(String sdp) {
    return new InetSocketAddress(
        first(sdp, "c=IN IP4 ([0-9.]+)"), Integer.parseInt(first(sdp, "m=audio ([0-9]+) ")));
  }

  private static String first(String sdp, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(sdp);
    if (!matcher.find()) {
      throw new IllegalStateException("no audio in this answer: " + sdp);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    rtp.close();
  }
}
