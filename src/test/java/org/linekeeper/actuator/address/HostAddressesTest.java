package org.linekeeper.actuator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;
import org.linekeeper.time.Ticker;

/** What is made of what {@code ip} says, with an {@code ip} that keeps its addresses in a file. */
class HostAddressesTest {
  private static final String ADDRESS = "192.0.2.100/24";
  private static final Epoch EPOCH = new Epoch(1);
  private static final Step.HoldAddress HOLD =
      new Step.HoldAddress(
          new PbxId("standby"), List.of(ADDRESS), "eth0", Duration.ofSeconds(1), true);

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path there;
  private Path broken;
  private Path neighbour;
  private HostAddresses addresses;
  private LeasedAddress leased;

  @BeforeEach
  void pretend() throws IOException {
    there = Files.createFile(folder.resolve("there"));
    broken = folder.resolve("broken");
    neighbour = folder.resolve("neighbour");
    Path ip = folder.resolve("pretended");
    Files.writeString(
        ip,
        """
        #!/bin/sh
        cd "${0%/*}"
        case "$*" in
          *"neigh show"*) cat neighbour 2>/dev/null; exit 0 ;;
          *"arping "*|*"ndptool "*) echo "$*" >> announced; exit 0 ;;
          nft*) cat > rules; [ ! -e no-nft ] || { echo "Operation not permitted"; exit 1; }; exit 0 ;;
        esac
        n=0
        while read -r family verb address rest; do
          [ "$family" = address ] || continue
          n=$((n + 1))
          case "$family $verb" in
            "address replace")
              if grep -qxF "$address" refused 2>/dev/null; then
                echo "RTNETLINK answers: Permission denied"; echo "Command failed -:$n"
              else
                grep -qxF "$address" there || echo "$address" >> there
              fi ;;
            "address del") [ -s there ] || echo "Command failed -:$n"; : > there ;;
            "address show")
              if [ -e broken ]; then
                echo 'Device "eth0" does not exist.'; echo "Command failed -:$n"
              else
                sed 's/.*/2: eth0    inet & scope global eth0/' there
              fi ;;
          esac
        done
        """);
    assertThat(ip.toFile().setExecutable(true)).isTrue();
    Programs programs = new Programs(threads);
    addresses = new HostAddresses(programs, List.of(ip.toString()), Tenure.sole(), Ticker.system());
    leased = new LeasedAddress(programs, List.of(ip.toString()), Ticker.system());
  }

  @AfterEach
  void close() {
    addresses.close();
    leased.close();
    threads.shutdownNow();
  }

  @Test
  void onAnInterfaceWithNoOtherAddressItIsSeenToBeGone() {
    assertThat(join(addresses.take(HOLD, EPOCH))).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(join(addresses.giveUp(HOLD))).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(join(addresses.giveUp(HOLD))).isEqualTo(Outcome.Kind.APPLIED);
  }

  @Test
  void anInterfaceThatCannotBeLookedAtMayStillHaveIt() throws IOException {
    Files.createFile(broken);
    assertThat(join(addresses.giveUp(HOLD))).isEqualTo(Outcome.Kind.UNKNOWN);
  }

  @Test
  void whatSomebodyRemovedIsNotPutBackBesideTheHostThatHasItNow() throws IOException {
    assertThat(join(addresses.take(HOLD, EPOCH))).isEqualTo(Outcome.Kind.APPLIED);
    Files.writeString(neighbour, "192.0.2.100 lladdr 02:00:00:00:00:01 used 0/0/0 REACHABLE\n");
    Files.writeString(there, "");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> join(addresses.keep(HOLD, EPOCH)) == Outcome.Kind.REJECTED);
    assertThat(there).isEmptyFile();

    Files.delete(neighbour);
    assertThat(join(addresses.keep(HOLD, EPOCH))).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(there).isNotEmptyFile();
  }

  @Test
  void ofTwoAddressesOneThatCannotBeAddedIsSaidAndTheOtherIsAnnounced() throws IOException {
    String other = "2001:db8::100/64";
    Files.writeString(folder.resolve("refused"), other + "\n");
    assertThat(arm(ADDRESS, other)).isFalse();
    assertThat(leased.trouble())
        .isEqualTo(
            "it takes 192.0.2.100/24 and not 2001:db8::100/64: RTNETLINK answers: Permission"
                + " denied");
    Path announced = folder.resolve("announced");
    await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(announced));
    assertThat(announced).content().contains("192.0.2.100").doesNotContain("ndptool");

    Files.delete(folder.resolve("refused"));
    assertThat(arm(ADDRESS, other)).isTrue();
    assertThat(leased.trouble()).isEmpty();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> Files.readString(announced).contains("ndptool"));
  }

  @Test
  void aHostThatIsNotToHaveItIsSeenToBeReadyOrNot() throws IOException {
    Path noNft = Files.createFile(folder.resolve("no-nft"));
    assertThat(looked()).isEqualTo("nft: Operation not permitted");
    Files.createFile(broken);
    assertThat(looked()).isEqualTo("nft: Operation not permitted");
    Files.delete(noNft);
    assertThat(looked()).isEqualTo("Device \"eth0\" does not exist.");
    Files.delete(broken);
    assertThat(looked()).isEmpty();
    assertThat(there).isEmptyFile();
  }

  @Test
  void aLookThatSeesNothingDoesNotHideThatItCouldNotBeTaken() throws IOException {
    Files.writeString(folder.resolve("refused"), ADDRESS + "\n");
    assertThat(arm(ADDRESS)).isFalse();
    assertThat(looked()).contains("Permission denied");
  }

  private boolean arm(String... wanted) {
    Duration later = Ticker.system().now().plusSeconds(20);
    return leased.arm(List.of(wanted), "eth0", later, later).toCompletableFuture().join();
  }

  private String looked() {
    leased.look(List.of(ADDRESS), "eth0");
    leased.letGo(List.of(ADDRESS), "eth0").toCompletableFuture().join(); // one after the other
    return leased.trouble();
  }

  private static Outcome.Kind join(CompletionStage<Outcome> outcome) {
    return outcome.toCompletableFuture().join().kind();
  }
}
