package org.linekeeper.demo.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.net.IoLoop;
import org.linekeeper.time.Ticker;

/** SIP over a cable that is pulled out. */
class UdpRelayTest {
  private static final Link LINK = new Link("witness", "standby");
  private static final int SOON = 5_000;
  private static final int LONG_ENOUGH = 300;

  private final Network network = new Network();
  private IoLoop loop;
  private DatagramSocket pbx;
  private UdpRelay relay;

  @BeforeEach
  void open() throws IOException {
    loop = IoLoop.start("test-relay", Ticker.system());
    pbx = socket();
    relay = UdpRelay.open(loop, network, LINK, (InetSocketAddress) pbx.getLocalSocketAddress());
  }

  @AfterEach
  void close() {
    relay.close();
    loop.close();
    pbx.close();
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(SOON);
    return socket;
  }

  private static void send(DatagramSocket from, SocketAddress to, String words) throws IOException {
    byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static DatagramPacket receive(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    at.receive(packet);
    return packet;
  }

  private static String words(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }

  @Test
  void eachSenderGetsTheAnswersToItsOwn() throws IOException {
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      send(one, relay.address(), "OPTIONS 1");
      DatagramPacket first = receive(pbx);
      send(other, relay.address(), "OPTIONS 2");
      DatagramPacket second = receive(pbx);
      send(pbx, second.getSocketAddress(), "200 to " + words(second));
      send(pbx, first.getSocketAddress(), "200 to " + words(first));
      assertThat(words(receive(one))).isEqualTo("200 to OPTIONS 1");
      assertThat(words(receive(other))).isEqualTo("200 to OPTIONS 2");
    }
  }

  @Test
  void whatIsSentOverACutLinkIsLostInBothDirections() throws IOException {
    try (DatagramSocket watcher = socket()) {
      send(watcher, relay.address(), "before");
      SocketAddress back = receive(pbx).getSocketAddress();
      network.cut(LINK);
      send(watcher, relay.address(), "lost");
      send(pbx, back, "lost as well");
      pbx.setSoTimeout(LONG_ENOUGH);
      assertThatThrownBy(() -> receive(pbx)).isInstanceOf(SocketTimeoutException.class);
      watcher.setSoTimeout(LONG_ENOUGH);
      assertThatThrownBy(() -> receive(watcher)).isInstanceOf(SocketTimeoutException.class);
      network.mend(LINK);
      pbx.setSoTimeout(SOON);
      send(watcher, relay.address(), "after");
      assertThat(words(receive(pbx))).as("and nothing comes late").isEqualTo("after");
    }
  }
}
