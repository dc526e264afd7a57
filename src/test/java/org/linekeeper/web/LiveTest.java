package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.verdict.Verdict;

/** What an open page is told of while it stays open. */
class LiveTest {
  private final Scene scene = Scene.calm();
  private WebServer server;
  private Site site;

  @BeforeEach
  void start() {
    server = WebServer.start(scene.backend());
    site = new Site(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void onlyThePartsThatChangedAreNamed() throws IOException {
    try (Listener page = new Listener()) {
      assertThat(page.next(6))
          .as("at first everything, since what was missed is not known")
          .containsExactlyInAnyOrder(
              "headline", "pbxs", "decision", "numbers", "attention", "journal");

      scene.sees(Offices.STANDBY, Verdict.Kind.HEALTHY, "AMI and SIP answer, canary call in 9 ms");
      assertThat(page.next(1)).containsExactly("pbxs");

      scene.salesOnMobiles();
      assertThat(page.next(4))
          .containsExactlyInAnyOrder("headline", "decision", "numbers", "journal");
    }
  }

  @Test
  void aStormOfNewsIsToldAFewTimesASecond() throws IOException {
    try (Listener page = new Listener()) {
      page.next(6);
      Thread storm =
          new Thread(
              () -> {
                for (int i = 0; !Thread.interrupted(); i++) {
                  scene.sees(Offices.STANDBY, Verdict.Kind.HUNG, "silent for " + i);
                  Thread.onSpinWait();
                }
              });
      storm.start();
      int told = page.countFor(Duration.ofSeconds(2), "pbxs");
      storm.interrupt();

      assertThat(told).isBetween(1, 9);
    }
  }

  @Test
  void closingTheServerDoesNotWaitForOpenPages() throws IOException {
    try (Listener page = new Listener()) {
      page.next(1);
      long before = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  /** A page that only listens. */
  private final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Listener() throws IOException {
      socket = new Socket(site.address().getHost(), site.address().getPort());
      socket.setSoTimeout(15_000);
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    List<String> next(int most) throws IOException {
      List<String> names = new ArrayList<>();
      while (names.size() < most) {
        String line = in.readLine();
        assertThat(line).as("the connection ended after %s", names).isNotNull();
        if (line.startsWith("event:")) {
          names.add(line.substring("event:".length()));
        }
      }
      return names;
    }

    int countFor(Duration time, String name) throws IOException {
      long end = System.nanoTime() + time.toNanos();
      int count = 0;
      while (System.nanoTime() < end) {
        count += next(1).contains(name) ? 1 : 0;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
