package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.PbxId;

/** Where the standby's AMI should be, something else answers: the office works all the same. */
@Timeout(60)
class BadPbxIT {
  private static final PbxId STANDBY = new PbxId("standby");

  /** What the something does with a connection. */
  private interface Manner {
    void meet(Socket client) throws IOException;
  }

  @TempDir Path directory;
  private Office office;

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(2);
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void itTalksRubbish() throws IOException {
    Random random = new Random(7);
    worksBeside(
        client -> {
          OutputStream out = client.getOutputStream();
          out.write("Asterisk Call Manager/9.0.0\r\n".getBytes());
          byte[] noise = new byte[4_096];
          for (int i = 0; i < 200; i++) {
            random.nextBytes(noise);
            out.write(noise);
          }
        });
  }

  @Test
  void itTakesTheConnectionAndSaysNothing() throws IOException {
    worksBeside(client -> client.setTcpNoDelay(true));
  }

  private void worksBeside(Manner manner) throws IOException {
    try (ServerSocket rubbish = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> serve(rubbish, manner), "rubbish");
      server.setDaemon(true);
      server.start();
      OfficeFiles files = new OfficeFiles(office);
      files.write();
      office.write(
          "linekeeper.yml",
          files.linekeeper(
              office.primary().amiAddress(), (InetSocketAddress) rubbish.getLocalSocketAddress()));
      long closing;
      try (Running linekeeper = Running.on(directory)) {
        await()
            .atMost(Running.SOON)
            .until(
                () ->
                    linekeeper.service().loop().overview().verdicts().containsKey(STANDBY)
                        && linekeeper.journal().stream().anyMatch(s -> s.startsWith("standby: ")));
        assertThat(linekeeper.journal()).noneMatch(s -> s.startsWith("standby: healthy"));
        assertThat(linekeeper.say("DIVERT ALL").accepted()).isTrue();
        linekeeper.settles(2);
        assertThat(linekeeper.state().active()).contains(new PbxId("primary"));
        closing = System.nanoTime();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static void serve(ServerSocket server, Manner manner) {
    try {
      while (true) {
        manner.meet(server.accept());
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        serve(server, manner); // this client had enough; the next one
      }
    }
  }
}
