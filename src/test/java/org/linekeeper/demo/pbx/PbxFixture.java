package org.linekeeper.demo.pbx;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.CallRequest;
import org.linekeeper.sip.CallResult;
import org.linekeeper.sip.SipAnswer;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.sip.SipOptionsClient;
import org.linekeeper.sip.SipTarget;
import org.linekeeper.time.Ticker;

/** A simulated PBX called west that is running, at half past three on the PBX's own clock. */
abstract class PbxFixture {
  static final Instant HALF_PAST_THREE = Instant.parse("2026-11-23T15:30:00.250Z");
  static final String NUMBER = "+441632960100";

  final IoLoop loop = IoLoop.start("pbx-test", Ticker.system());
  volatile Instant now = HALF_PAST_THREE;
  SimulatedPbx pbx = pbx(settings());

  static PbxSettings settings() {
    return PbxSettings.onLoopback("west", "linekeeper", "s3cret").registering(List.of("carrier"));
  }

  SimulatedPbx pbx(PbxSettings settings) {
    return new SimulatedPbx(loop, () -> now, settings);
  }

  @BeforeEach
  void start() throws Exception {
    pbx.start();
  }

  @AfterEach
  void stop() {
    pbx.close();
    loop.close();
  }

  CallResult call(String from, String number) throws Exception {
    return call(from, number, Duration.ofSeconds(5));
  }

  CallResult call(String from, String number, Duration within) throws Exception {
    SipTarget target = SipTarget.udp(pbx.sipAddress());
    CallRequest request = CallRequest.of(target, number, from, within, Duration.ofMillis(20));
    return get(new SipCaller(loop).call(request).result());
  }

  SipAnswer options(Duration within) throws Exception {
    InetSocketAddress sip = pbx.sipAddress();
    try (SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(sip))) {
      return get(client.ask(within));
    }
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited for 20 s");
      }
      Thread.sleep(2);
    }
  }
}
