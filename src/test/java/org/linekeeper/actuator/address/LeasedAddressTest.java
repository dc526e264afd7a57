package org.linekeeper.actuator.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.time.Ticker;

/** What a machine says of itself, by a program that says so in place of systemctl. */
class LeasedAddressTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

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
    try (LeasedAddress host = new LeasedAddress(new Programs(threads), instead, Ticker.system())) {
      assertThat(host.ending().toCompletableFuture().join()).isEqualTo(ending);
    }
  }
}
