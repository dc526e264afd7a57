package org.linekeeper.actuator.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.PbxId;

/** Could this machine, by its loopback interface, take the address? With pretended programs. */
class AddressChecksTest {
  private static final PbxId PRIMARY = new PbxId("primary");
  private static final PbxId STANDBY = new PbxId("standby");

  @TempDir Path folder;
  private Path proc;
  private Path programs;

  @BeforeEach
  void aHostThatIsAsItShouldBe() throws IOException {
    proc = Files.createDirectory(folder.resolve("proc"));
    programs = Files.createDirectory(folder.resolve("sbin"));
    for (String each : List.of("ip", "nft", "arping")) {
      program(each);
    }
    program(
        "pretended",
        "[ \"$1\" != nft ] || cat > rules",
        "cat refusal 2>/dev/null && exit 1",
        "exit 0");
    write("self/status", "Uid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\n");
    write("sys/net/ipv4/ip_nonlocal_bind", "1\n");
    write(
        "net/udp", "  1: " + AddressChecks.hex(new byte[] {127, 0, 0, 100}, 5060).strip() + " \n");
  }

  private void program(String name, String... lines) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/sh\ncd \"${0%/*}\"\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(proc.resolve(file).getParent());
    Files.writeString(proc.resolve(file), text);
  }

  private List<CheckResult> look(String address, String device) {
    FloatingAddress floating =
        new FloatingAddress(
            STANDBY,
            List.of(address),
            device,
            FloatingAddress.TENURE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(java.util.Map.of(PRIMARY, "watcher-1", STANDBY, "watcher-2")),
            false);
    return new AddressChecks(
            proc, List.of(programs), List.of(programs.resolve("pretended").toString()))
        .here(floating, 5060, false);
  }

  private static CheckResult failure(List<CheckResult> results) {
    assertThat(results).filteredOn(each -> each.level() != Level.OK).hasSize(1);
    return results.stream().filter(each -> each.level() != Level.OK).findFirst().orElseThrow();
  }

  @Test
  void aHostThatHasItForGood() throws IOException {
    program(
        "pretended",
        "[ \"$1\" != ip ] || echo '1: lo inet 127.0.0.100/8 scope host lo\\ valid_lft forever'");
    CheckResult failure = failure(look("127.0.0.100/8", "lo"));
    assertThat(failure.said()).contains("127.0.0.100/8 to this host for good");
    program(
        "pretended",
        "[ \"$1\" != ip ] || echo '1: lo inet 127.0.0.100/8 scope host lo\\ valid_lft 31sec'");
    assertThat(look("127.0.0.100/8", "lo")).allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void aHostBesideAPbxThatIsReady() {
    assertThat(look("127.0.0.100/8", "lo"))
        .allMatch(each -> each.level() == Level.OK)
        .anyMatch(each -> each.said().contains("lo is here, in that network"))
        .anyMatch(each -> each.said().contains("nftables would take Linekeeper's rules"));
    assertThat(programs.resolve("rules")).content().contains("add table inet linekeeper");
  }

  @Test
  void anAddressWrittenAsThatOfAHostAloneIsInItsInterfacesNetwork() {
    assertThat(look("127.0.0.100/32", "lo")).allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void anInterfaceInAnotherNetworkIsTheWrongOne() throws IOException {
    write(
        "net/udp", "  1: " + AddressChecks.hex(new byte[] {-64, 0, 2, 100}, 5060).strip() + " \n");
    CheckResult wrong = failure(look("192.0.2.100/24", "lo"));
    assertThat(wrong.said()).contains("lo has no address in the network of 192.0.2.100/24");
    assertThat(wrong.remedy()).contains("ip address");
  }

  @Test
  void theAddressItselfMakesNoNetwork() {
    CheckResult wrong = failure(look("127.0.0.1/32", "lo").subList(0, 1));
    assertThat(wrong.said()).contains("lo has no address in the network of 127.0.0.1/32");
  }

  @Test
  void aProcessThatMayNotMakeTheRulesIsTold() throws IOException {
    Files.writeString(programs.resolve("refusal"), "netlink: Error: Operation not permitted\n");
    CheckResult wrong = failure(look("127.0.0.100/8", "lo"));
    assertThat(wrong.said()).contains("nftables does not take", "Operation not permitted");
    assertThat(wrong.remedy()).contains("CAP_NET_ADMIN");
  }

  @Test
  void aKernelThatCannotIsTold() throws IOException {
    Files.writeString(
        programs.resolve("refusal"), "Error: Could not process rule: Protocol not supported\n");
    assertThat(failure(look("127.0.0.100/8", "lo")).remedy()).contains("kernel with nf_tables");
  }

  @Test
  void withoutNftablesNothingWouldLetGoOfIt() throws IOException {
    Files.delete(programs.resolve("nft"));
    CheckResult wrong = failure(look("127.0.0.100/8", "lo"));
    assertThat(wrong.said()).contains("nft is not installed");
    assertThat(wrong.remedy()).contains("apt-get install nftables");
  }
}
