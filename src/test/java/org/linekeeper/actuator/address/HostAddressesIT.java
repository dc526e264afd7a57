package org.linekeeper.actuator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.program.Ended;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.estate.PbxId;
import org.linekeeper.gameday.Holders;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;
import org.linekeeper.time.Ticker;

/** Two hosts and a phone on one network; the address is wherever it should be, and never twice. */
@Tag("lab")
class HostAddressesIT {
  private static final Epoch EPOCH = new Epoch(1);
  private static final String V6 = "fd00:4c4b::100";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Programs programs = new Programs(threads);
  private final Ticker ticker = Ticker.system();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final LabNetwork network = LabNetwork.create();
  private String v4;

  @BeforeEach
  void address() {
    String own = network.watcherAddress();
    v4 = own.substring(0, own.lastIndexOf('.')) + ".100";
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    network.close();
    threads.shutdownNow();
  }

  @Test
  void itMovesThereAndBackPhonesFollowAndNobodyHoldsItBesideTheOther() {
    LabHost primary = host("primary", 11);
    LabHost standby = host("standby", 12);
    LabHost phone = host("phone", 13);
    HostAddresses here = on(standby);
    Step.HoldAddress hold = hold(15, v4 + "/24", V6 + "/64");
    AtomicBoolean twice = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    assertThat(script(primary, "take").succeeded()).isTrue();
    CompletableFuture<Void> watching =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                // The taker first: what it has now, the other one had let go of before.
                for (String address : List.of(v4, V6)) {
                  if (has(standby, address) && has(primary, address)) {
                    twice.set(true);
                  }
                }
              }
            },
            threads);
    assertThat(hears(phone, v4)).isTrue();
    assertThat(hears(phone, V6)).isTrue();

    assertThat(script(primary, "release").succeeded()).isTrue();
    Duration begins = ticker.now();
    Outcome taken = join(here.take(hold, EPOCH));
    Duration took = ticker.since(begins);
    assertThat(taken.kind()).as(taken.said()).isEqualTo(Outcome.Kind.APPLIED);
    System.out.println("taken and read back in " + took.toNanos() / 1000 + " us");
    for (String address : List.of(v4, V6)) {
      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> neighbour(phone, address).equals(mac(standby)));
    }
    System.out.println("phone knows both after " + ticker.since(begins).toMillis() + " ms");
    assertThat(hears(phone, v4)).isTrue();
    assertThat(hears(phone, V6)).isTrue();
    Ended refused = script(primary, "take");
    assertThat(refused.succeeded()).as("a primary that comes back: " + refused.output()).isFalse();
    assertThat(has(primary, v4) || has(primary, V6)).isFalse();

    List<Long> again = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assertThat(join(here.giveUp(hold)).kind()).isEqualTo(Outcome.Kind.APPLIED);
      Duration begun = ticker.now();
      join(here.take(hold, EPOCH));
      again.add(ticker.since(begun).toNanos() / 1000);
    }
    System.out.println("taken again in us: " + again);
    assertThat(join(here.giveUp(hold)).kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(script(primary, "take").succeeded()).isTrue();
    assertThat(hears(phone, v4)).isTrue();
    over.set(true);
    watching.join();
    assertThat(twice).isFalse();
  }

  @Test
  void byALeasePacketsAreAcceptedForSoLongAndNoLongerWhateverElseIsChanged() {
    LabHost standby = host("standby", 12);
    LabHost phone = host("phone", 13);
    LeasedAddress here = leased(standby);
    List<String> both = List.of(v4 + "/24", V6 + "/64");
    for (String address : List.of(v4, V6)) {
      try (Holders holders = Holders.watch(address, List.of(standby))) {
        Instant first = Instant.now();
        assertThat(arm(here, both)).isTrue();
        assertThat(hears(phone, address)).isTrue();
        Await.pause(Duration.ofMillis(300)); // a slow machine takes the rest of the second
        Instant second = Instant.now();
        Duration until = ticker.now().plusSeconds(1);
        Instant third = Instant.now();
        Await.pause(Duration.ofMillis(200)); // however late it is told
        assertThat(join(here.arm(both, "eth0", until, until))).isTrue();
        Await.pause(Duration.ofMillis(600));
        // for which the kernel puts off its next look at the life times of all others
        Shell.run("ip", "-n", standby.namespace(), "addr", "add", "198.51.100.77/32", "dev", "lo");
        await().atMost(Duration.ofSeconds(1)).until(() -> holders.since(first).size() == 2);
        assertThat(has(standby, address)).as("the kernel has not looked").isTrue();
        run("ip", "-n", phone.namespace(), "neigh", "flush", "to", address, "dev", "eth0");
        assertThat(hears(phone, address)).isFalse();
        assertThat(holders.refused().orElseThrow())
            .isBetween(second.plusMillis(920), third.plusMillis(1_050));
        assertThat(join(here.letGo(both, "eth0")).gone()).isTrue();
        Shell.run("ip", "-n", standby.namespace(), "addr", "del", "198.51.100.77/32", "dev", "lo");
      }
    }
  }

  @Test
  void whatIsLateIsNotDoneAndFlushedRulesArePutBack() {
    LabHost standby = host("standby", 12);
    LeasedAddress here = leased(standby);
    List<String> address = List.of(v4 + "/24");
    try (Holders holders = Holders.watch(v4, List.of(standby))) {
      Instant begun = Instant.now();
      Duration late = ticker.now();
      Await.pause(Duration.ofMillis(30));
      assertThat(join(here.arm(address, "eth0", late.plusSeconds(1), late))).isFalse();
      assertThat(holders.since(begun)).isEmpty();

      assertThat(arm(here, address)).isTrue();
      Shell.run(
          "nsenter", "--net=/var/run/netns/" + standby.namespace(), "nft", "flush", "ruleset");
      assertThat(arm(here, address)).as("which finds that out").isFalse();
      assertThat(arm(here, address)).isTrue();
      await()
          .atMost(Duration.ofMillis(1_200))
          .until(() -> holders.since(begun).stream().anyMatch(each -> each.contains("refuses")));
    }
  }

  @Test
  void aHostIsLookedAtWithoutAnythingBeingDoneToIt() {
    LabHost standby = host("standby", 12);
    LeasedAddress here = leased(standby);
    List<String> address = List.of(v4 + "/24");
    here.look(address, "eth7");
    join(here.letGo(address, "eth0"));
    assertThat(here.trouble()).contains("eth7");
    here.look(address, "eth0");
    join(here.letGo(address, "eth0"));
    assertThat(here.trouble()).isEmpty();
    assertThat(has(standby, v4)).isFalse();
    assertThat(
            Shell.run(
                "nsenter", "--net=/var/run/netns/" + standby.namespace(), "nft", "list", "ruleset"))
        .isBlank();
  }

  @Test
  void ofTwoOneThatTheHostCannotTakeIsSaidAndTheOtherIsAnswered() {
    LabHost standby = host("standby", 12);
    LabHost phone = host("phone", 13);
    LeasedAddress here = leased(standby);
    run(
        "ip",
        "netns",
        "exec",
        standby.namespace(),
        "sh",
        "-c",
        "echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6");
    List<String> both = List.of(v4 + "/24", V6 + "/64");
    assertThat(arm(here, both)).isFalse();
    assertThat(here.trouble()).startsWith("it takes " + v4 + "/24 and not " + V6 + "/64: ");
    assertThat(arm(here, both)).isFalse();
    assertThat(hears(phone, v4)).isTrue();
  }

  @Test
  void aGateThatNobodyOpensAnyMoreIsForgotten() {
    LabHost standby = host("standby", 12);
    LeasedAddress here = leased(standby);
    assertThat(arm(here, List.of(v4 + "/24"))).isTrue();
    try (Holders holders = Holders.watch(v4, List.of(standby))) {
      Instant shut = Instant.now().plusSeconds(2);
      await().atMost(Duration.ofSeconds(2)).until(() -> holders.refused().isPresent());
      Outcome alone = join(on(standby).take(hold(15, v4 + "/24"), EPOCH));
      assertThat(alone.kind()).as(alone.said()).isEqualTo(Outcome.Kind.APPLIED);
      await()
          .atMost(Duration.ofSeconds(12))
          .until(() -> holders.since(shut).stream().anyMatch(each -> each.contains("accepts")));
    }
  }

  private boolean arm(LeasedAddress here, List<String> addresses) {
    Duration until = ticker.now().plusSeconds(1);
    return join(here.arm(addresses, "eth0", until, until));
  }

  @Test
  void aWatcherThatIsKilledOrStoppedLosesItByTheKernelsClock() throws Exception {
    LabHost standby = host("standby", 12);
    for (String signal : List.of("KILL", "STOP")) {
      Process watcher = borrower(standby, v4 + "/24", 2);
      Duration lasted = Duration.ofMillis(2500); // longer than one tenure: it was renewed
      TimeUnit.MILLISECONDS.sleep(lasted.toMillis());
      assertThat(has(standby, v4)).isTrue();
      run("kill", "-" + signal, Long.toString(watcher.pid()));
      Duration begins = ticker.now();
      await()
          .atMost(Duration.ofSeconds(3))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> !has(standby, v4));
      System.out.println(
          "SIG" + signal + ": gone after " + ticker.since(begins).toMillis() + " ms");
      run("kill", "-CONT", Long.toString(watcher.pid()));
      TimeUnit.MILLISECONDS.sleep(700); // a stopped one that runs on does not just take it again
      assertThat(has(standby, v4)).isFalse();
      watcher.destroyForcibly();
    }
  }

  @Test
  void afterARestartItIsKeptAndOneThatHasLapsedIsTakenOnlyIfNobodyAnswersForIt() {
    LabHost primary = host("primary", 11);
    LabHost standby = host("standby", 12);
    Step.HoldAddress hold = hold(2, v4 + "/24", V6 + "/64");
    HostAddresses before = on(standby);
    join(before.take(hold, EPOCH));
    before.close();
    HostAddresses after = on(standby);
    assertThat(join(after.keep(hold, EPOCH)).kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(join(after.keep(hold, EPOCH)).kind()).isEqualTo(Outcome.Kind.ALREADY);

    join(after.giveUp(hold));
    assertThat(script(primary, "take").succeeded()).isTrue();
    Outcome beside = join(after.keep(hold, EPOCH));
    assertThat(beside.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(beside.said()).contains(mac(primary) + " answers for ");
    assertThat(has(standby, v4)).isFalse();

    assertThat(script(primary, "release").succeeded()).isTrue();
    assertThat(join(after.keep(hold, EPOCH)).kind()).isEqualTo(Outcome.Kind.APPLIED);
    run("ip", "-n", standby.namespace(), "addr", "del", v4 + "/24", "dev", "eth0");
    // Not just put back: whoever removed it may have given it to somebody, so it is asked first.
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> join(after.keep(hold, EPOCH)).kind() == Outcome.Kind.APPLIED);
    assertThat(has(standby, v4)).isTrue();
  }

  @Test
  void anInterfaceThatIsNotThereIsSaid() {
    LabHost standby = host("standby", 12);
    Step.HoldAddress wrong =
        new Step.HoldAddress(
            new PbxId("standby"), List.of(v4 + "/24"), "eth7", Duration.ofSeconds(2), true);
    Outcome outcome = join(on(standby).take(wrong, EPOCH));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(outcome.said()).contains("eth7").contains("does not exist");
  }

  @Test
  void asteriskAnswersCallsToTheAddressFromTheAddress() throws Exception {
    String bridge = bridge();
    run("ip", "addr", "add", "fd00:4c4b::1/64", "dev", bridge, "nodad");
    LabPbx standby = LabPbx.plain(network, "standby", AsteriskRoot.v22());
    LabHost host = standby.host();
    run("ip", "-n", host.namespace(), "addr", "add", "fd00:4c4b::12/64", "dev", "eth0", "nodad");
    for (String family : List.of("ipv4", "ipv6")) {
      run(
          "ip",
          "netns",
          "exec",
          host.namespace(),
          "sh",
          "-c",
          "echo 1 > /proc/sys/net/" + family + "/ip_nonlocal_bind");
    }
    Path pjsip = host.directory().resolve("etc/pjsip.conf");
    Files.writeString(
        pjsip,
        """

        [floating]
        type = transport
        protocol = udp
        bind = %s:5060

        [floating6]
        type = transport
        protocol = udp
        bind = [%s]:5060

        [carrier6]
        type = identify
        endpoint = carrier
        match = fd00:4c4b::1
        """
            .formatted(v4, V6),
        StandardOpenOption.APPEND);
    standby.restart();
    assertThat(join(on(host).take(hold(15, v4 + "/24", V6 + "/64"), EPOCH)).kind())
        .isEqualTo(Outcome.Kind.APPLIED);
    assertThat(options(network.watcherAddress(), v4)).startsWith("SIP/2.0 ");
    assertThat(options("fd00:4c4b::1", V6)).startsWith("SIP/2.0 ");
  }

  /** What is answered, which must come from just that address: strict callers take no other. */
  private static String options(String from, String to) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(from))) {
      InetSocketAddress pbx = new InetSocketAddress(InetAddress.getByName(to), 5060);
      socket.setSoTimeout(3000);
      String us = from.contains(":") ? "[" + from + "]" : from;
      String them = to.contains(":") ? "[" + to + "]" : to;
      byte[] question =
          """
          OPTIONS sip:%2$s SIP/2.0
          Via: SIP/2.0/UDP %1$s:%3$d;branch=z9hG4bK%3$d;rport
          Max-Forwards: 70
          From: <sip:lab@%1$s>;tag=a
          To: <sip:%2$s>
          Call-ID: %3$d@lab
          CSeq: 1 OPTIONS
          Content-Length: 0

          """
              .formatted(us, them, socket.getLocalPort())
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.UTF_8);
      socket.send(new DatagramPacket(question, question.length, pbx));
      DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
      socket.receive(answer);
      assertThat(answer.getSocketAddress()).as("who answers").isEqualTo(pbx);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
    }
  }

  private String bridge() {
    return Arrays.stream(
            output("ip", "-o", "addr", "show", "to", network.watcherAddress()).split(" "))
        .filter(word -> word.startsWith("lkb"))
        .findFirst()
        .orElseThrow();
  }

  private LabHost host(String name, int last) {
    LabHost host = network.host(name);
    String own = "fd00:4c4b::" + last + "/64";
    run("ip", "-n", host.namespace(), "addr", "add", own, "dev", "eth0", "nodad");
    return host;
  }

  private HostAddresses on(LabHost host) {
    HostAddresses addresses = LabAddresses.on(programs, host.namespace(), ticker);
    open.add(addresses);
    return addresses;
  }

  private LeasedAddress leased(LabHost host) {
    LeasedAddress address = LabAddresses.leased(programs, host.namespace(), ticker);
    open.add(address);
    return address;
  }

  private static Step.HoldAddress hold(int tenure, String... addresses) {
    return new Step.HoldAddress(
        new PbxId("standby"), List.of(addresses), "eth0", Duration.ofSeconds(tenure), true);
  }

  private static Process borrower(LabHost host, String address, int tenure) throws IOException {
    Process process =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                host.namespace(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Borrower.class.getName(),
                address,
                Integer.toString(tenure))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader();
    assertThat(said.readLine()).isEqualTo("APPLIED");
    return process;
  }

  @Test
  void theScriptSaysThatItIsGoneOnlyWhereItHasSeenThat() {
    LabHost primary = host("primary", 11);
    run("ip", "-n", primary.namespace(), "link", "set", "eth0", "alias", "uplink cabinet 3");
    run("ip", "-n", primary.namespace(), "addr", "add", v4 + "/24", "dev", "eth0");
    assertThat(script(primary, "release").succeeded()).isTrue();
    assertThat(has(primary, v4)).isFalse();
    assertThat(script(primary, "release").succeeded()).as("it did not have it").isTrue();
    // of another length, so that what the script is told to remove is not there
    run("ip", "-n", primary.namespace(), "addr", "add", v4 + "/25", "dev", "eth0");
    Ended kept = script(primary, "release");
    assertThat(kept.status()).hasValue(1);
    assertThat(kept.output()).contains("still has");
    run("ip", "-n", primary.namespace(), "link", "set", "eth0", "name", "lan0");
    Ended unseen = script(primary, "release");
    assertThat(unseen.status()).hasValue(1);
    assertThat(unseen.output()).contains("does not show eth0");
  }

  /** What the shipped script does on the primary's host. */
  private Ended script(LabHost host, String word) {
    return programs
        .run(
            List.of(
                "ip",
                "netns",
                "exec",
                host.namespace(),
                Path.of("dialplans/linekeeper-address.sh").toAbsolutePath().toString(),
                word),
            Map.of("LINEKEEPER_DEV", "eth0", "LINEKEEPER_ADDRESSES", v4 + "/24 " + V6 + "/64"),
            "",
            Duration.ofSeconds(15))
        .join();
  }

  private boolean has(LabHost host, String address) {
    return !output("ip", "-n", host.namespace(), "-o", "addr", "show", "to", address, "-tentative")
        .isBlank();
  }

  /** Somebody answers for the address, as seen from the phone. */
  private boolean hears(LabHost phone, String address) {
    output("ip", "-n", phone.namespace(), "neigh", "replace", address, "dev", "eth0", "use");
    Duration begins = ticker.now();
    while (neighbour(phone, address).isEmpty() && ticker.since(begins).toMillis() < 2500) {
      Thread.onSpinWait();
    }
    return !neighbour(phone, address).isEmpty();
  }

  private String neighbour(LabHost phone, String address) {
    String line = output("ip", "-n", phone.namespace(), "neigh", "show", "to", address);
    return line.contains("lladdr ") ? line.replaceAll("(?s).*lladdr (\\S+).*", "$1") : "";
  }

  private String mac(LabHost host) {
    return output("ip", "-n", host.namespace(), "-o", "link", "show", "dev", "eth0")
        .replaceAll("(?s).*link/ether (\\S+).*", "$1");
  }

  private void run(String... argv) {
    assertThat(output(argv)).as(String.join(" ", argv)).isNotNull();
  }

  private String output(String... argv) {
    Ended ended = programs.run(List.of(argv), Map.of(), "", Duration.ofSeconds(5)).join();
    return ended.output();
  }

  private static <T> T join(java.util.concurrent.CompletionStage<T> outcome) {
    return outcome.toCompletableFuture().join();
  }
}
