package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.linekeeper.actuator.address.HostAddresses;
import org.linekeeper.actuator.address.LabAddresses;
import org.linekeeper.actuator.program.Ended;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.actuator.program.Spare;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Step;

/**
 * An address that is the primary's at first and moves to the standby as in an office: the shipped
 * script lets go of it in the primary's namespace, where an office has an SSH connection, and the
 * product's own actuator takes it in the standby's.
 */
final class MovingAddress implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Step.HoldAddress hold;
  private final HostAddresses there;
  private final Spare release;

  private MovingAddress(LabPbx primary, LabPbx standby, String address) {
    Shell.run("ip", "-n", primary.host().namespace(), "addr", "add", address, "dev", "eth0");
    Programs programs = new Programs(threads);
    hold =
        new Step.HoldAddress(
            new PbxId("standby"), List.of(address), "eth0", Duration.ofSeconds(60), true);
    there = LabAddresses.on(programs, standby.host().namespace());
    there.prepare(hold.addresses(), hold.device());
    release =
        programs.whenTold(
            List.of(
                "nsenter",
                "--net=/var/run/netns/" + primary.host().namespace(),
                "env",
                "LINEKEEPER_ADDRESSES=" + address,
                Path.of("dialplans/linekeeper-address.sh").toAbsolutePath().toString(),
                "release"));
  }

  static MovingAddress at(LabOffice lab) {
    return new MovingAddress(lab.primary(), lab.standby(), lab.network().floatingAddress() + "/24");
  }

  /** Returns when the standby has it. */
  void move() {
    Ended ended = release.tell(Map.of(), Duration.ofSeconds(5)).join();
    assertThat(ended.succeeded()).as(ended.output()).isTrue();
    assertThat(there.take(hold, new Epoch(2)).toCompletableFuture().join())
        .matches(taken -> taken.achieved());
  }

  @Override
  public void close() {
    release.close();
    there.close();
    threads.shutdownNow();
  }
}
