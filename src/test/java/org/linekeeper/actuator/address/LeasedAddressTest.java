package org.linekeeper.actuator.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.time.Ticker;

/** What a machine says of itself, by a program that says so in place of systemctl. */
class LeasedAddressTest {
  @TempDir Path programs;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Ticker ticker = Ticker.system();
  private Path told;

  @BeforeEach
  void file() {
    told = programs.resolve("told");
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "echo stopping; exit 1, true",
    "echo running, false",
    "echo degraded; exit 1, false",
    "echo 'System has not been booted with systemd as init system' >&2; exit 1, false",
    "exit 127, false",
    "sleep 5; echo stopping, false"
  })
  void aMachineThatIsBeingShutDown(String says, boolean ending) {
    List<String> instead = List.of("sh", "-c", says);
    try (LeasedAddress host = new LeasedAddress(new Programs(threads), instead, ticker)) {
      assertThat(host.ending().toCompletableFuture().join()).isEqualTo(ending);
    }
  }

  /** A machine on which {@code nft} and {@code ip} are programs of ours. */
  private LeasedAddress pretended(String nft) throws IOException {
    write("nft", "echo \"$(cut -d' ' -f1 /proc/uptime) $*\" >> " + told + "\n" + nft + "\n");
    write("ip", "cat > /dev/null\necho '2: eth0 inet 192.0.2.100/24 scope global'\n");
    String path = "PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin";
    return new LeasedAddress(new Programs(threads), List.of("env", path), ticker);
  }

  private void write(String program, String text) throws IOException {
    Path file = Files.writeString(programs.resolve(program), "#!/bin/sh\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private boolean arm(LeasedAddress host, Duration time) {
    Duration until = ticker.now().plus(time);
    return host.arm(List.of("192.0.2.100/24"), "eth0", until, until).toCompletableFuture().join();
  }

  /** What opens the gate, without what makes it and what shuts it; each with when it came. */
  private List<String> openings() throws IOException {
    return Files.readAllLines(told).stream().filter(line -> line.contains("add element")).toList();
  }

  private static double uptime(String line) {
    return Double.parseDouble(line.split(" ", 2)[0]);
  }

  private static long left(String line) {
    Matcher open =
        Pattern.compile("add element inet linekeeper open4_. . [0-9.]+ timeout ([0-9]+)ms")
            .matcher(line);
    assertThat(open.find()).as(line).isTrue();
    return Long.parseLong(open.group(1));
  }

  @Test
  void aProgramThatTakesTooLongIsToldAnewWithWhatIsLeftThen() throws IOException {
    try (LeasedAddress host = pretended("case \"$*\" in *'add element'*) sleep 0.3;; esac")) {
      double end = uptime(Files.readString(Path.of("/proc/uptime"))) + 2;
      assertThat(arm(host, Duration.ofSeconds(2))).isTrue();
      List<String> openings = openings();
      assertThat(openings).hasSize(2);
      assertThat(openings.get(1))
          .as("the first one is in its way")
          .contains("flush set")
          .contains("open4_0");
      // it takes 0.3 s again, and the kernel counts from its end
      assertThat(uptime(openings.get(1)) + 0.3 + left(openings.get(1)) / 1000.0)
          .isBetween(end - 0.3, end + 0.05);
    }
  }

  @Test
  void whatCannotBeToldInTimeIsShut() throws IOException {
    try (LeasedAddress host = pretended("case \"$*\" in *'add element'*) sleep 0.7;; esac")) {
      assertThat(arm(host, Duration.ofSeconds(1))).isFalse();
      assertThat(openings()).hasSize(1);
      List<String> all = Files.readAllLines(told);
      assertThat(all.get(all.size() - 1)).contains("flush set").doesNotContain("add element");
    }
  }

  @Test
  void nothingIsTakenAwayByARenewalButWhatAnEarlierLifeMayHaveLeft() throws IOException {
    try (LeasedAddress host = pretended("")) {
      for (int i = 0; i < 7; i++) {
        assertThat(arm(host, Duration.ofSeconds(1))).isTrue();
      }
    }
    List<String> openings = openings();
    assertThat(openings).hasSize(7);
    assertThat(openings.get(0)).contains("flush set");
    assertThat(openings.subList(1, 7)).noneMatch(line -> line.contains("flush"));
    assertThat(openings.get(6)).as("the first one has run out by then").contains("open4_0");
  }

  @Test
  void oneThatIsLeftToTheHostForAWhileIsGatedForAsLong() throws IOException {
    try (LeasedAddress host = pretended("")) {
      arm(host, Duration.ofSeconds(1));
      arm(host, Duration.ofSeconds(30));
      arm(host, Duration.ofDays(365));
    }
    List<String> openings = openings();
    assertThat(openings).hasSize(4);
    assertThat(openings.get(1)).as("which is not to wait").doesNotContain("flush");
    assertThat(openings.get(2))
        .as("what is there already would keep its end of eleven seconds")
        .contains("flush set inet linekeeper gated4_0", "flush set arp linekeeper gated4_3")
        .containsPattern("gated4_. . 192.0.2.100 timeout (39|40)[0-9]{3}ms");
    assertThat(openings.get(3))
        .as("of a renewal")
        .doesNotContain("flush set inet linekeeper gated");
  }

  @Test
  void whatWasKeptIsShutWhenTheHostLetsGo() throws IOException {
    try (LeasedAddress host = pretended("[ \"$1\" != list ] || echo table inet linekeeper")) {
      assertThat(arm(host, Duration.ofDays(365))).isTrue();
      write("ip", "cat > /dev/null\n");
      List<String> addresses = List.of("192.0.2.100/24");
      assertThat(host.letGo(addresses, "eth0").toCompletableFuture().join().gone()).isTrue();
      List<String> all = Files.readAllLines(told);
      assertThat(all.get(all.size() - 1)).contains("flush set inet linekeeper open4_0");

      assertThat(host.letGo(addresses, "eth0").toCompletableFuture().join().gone()).isTrue();
      assertThat(Files.readAllLines(told)).as("once is enough").hasSize(all.size());
    }
  }

  @Test
  void whereNftDoesNotWorkTheHostHasLetGoAllTheSameAndItIsShutWhenItIsTakenAgain()
      throws IOException {
    try (LeasedAddress host = pretended("[ \"$1\" != list ] || exit 1")) {
      assertThat(arm(host, Duration.ofDays(365))).isTrue();
      write("ip", "cat > /dev/null\n");
      List<String> addresses = List.of("192.0.2.100/24");
      assertThat(host.letGo(addresses, "eth0").toCompletableFuture().join().gone()).isTrue();
      arm(host, Duration.ofSeconds(1));
      assertThat(openings()).hasSize(2);
      assertThat(openings().get(1)).contains("flush set inet linekeeper open4_0");
    }
  }
}
