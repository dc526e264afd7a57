package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.linekeeper.time.Ticker;

/** How many requests go at once: fewer after a refusal, more while all goes well. */
class LimiterTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private Duration now = Duration.ZERO;
  private final Limiter limiter = new Limiter(() -> now, 90);
  private final List<Limiter.Permit> running = new ArrayList<>();

  @Test
  void it_starts_with_twenty_and_the_next_one_waits_no_longer_than_its_deadline() {
    enter(20);
    assertThat(limiter.enter(false, now, now)).isEmpty();
  }

  @Test
  void a_burst_of_refusals_is_one_lesson() {
    List<Limiter.Permit> burst = enter(20);
    now = now.plusMillis(150);
    burst.forEach(permit -> limiter.leave(permit, true, OptionalInt.of(20)));
    assertThat(limiter.limit()).isEqualTo(13);
  }

  @Test
  void an_account_that_allows_one_at_a_time_gets_one_at_a_time() {
    for (int i = 0; i < 20; i++) {
      refuseARound();
    }
    assertThat(limiter.limit()).isEqualTo(1);
    assertThat(enter(1)).hasSize(1);
  }

  @Test
  void rounds_without_a_refusal_let_more_through_up_to_ninety() {
    for (int i = 0; i < 200; i++) {
      acceptARound(OptionalInt.empty());
    }
    assertThat(limiter.limit()).isEqualTo(90);
  }

  @Test
  void it_stays_below_the_count_that_was_refused_until_that_is_half_a_minute_ago() {
    List<Limiter.Permit> burst = enter(20);
    now = now.plusMillis(150);
    burst.forEach(permit -> limiter.leave(permit, true, OptionalInt.of(18)));
    for (int i = 0; i < 100; i++) {
      acceptARound(OptionalInt.empty());
    }
    assertThat(limiter.limit()).isEqualTo(17);
    now = now.plusSeconds(31);
    for (int i = 0; i < 100; i++) {
      acceptARound(OptionalInt.empty());
    }
    assertThat(limiter.limit()).isGreaterThan(60);
  }

  @Test
  void requests_of_other_programs_count_too() {
    List<Limiter.Permit> burst = enter(20);
    now = now.plusMillis(150);
    burst.forEach(permit -> limiter.leave(permit, true, OptionalInt.of(50)));
    int before = limiter.limit();
    for (int i = 0; i < 100; i++) {
      acceptARound(OptionalInt.of(49));
    }
    assertThat(limiter.limit()).isEqualTo(before);
  }

  @Test
  void a_promotion_goes_before_the_numbers_that_wait() throws Exception {
    Limiter real = new Limiter(Ticker.system(), 90);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Limiter.Permit> all = new ArrayList<>();
      for (int i = 0; i < Limiter.START; i++) {
        all.add(real.enter(false, Duration.ZERO, SOON).orElseThrow());
      }
      List<String> order = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(2);
      Future<?> number = threads.submit(() -> pass(real, false, "number", order, begun));
      Future<?> promotion = threads.submit(() -> pass(real, true, "promotion", order, begun));
      assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
      awaitWaiting(real);
      real.leave(all.get(0), false, OptionalInt.empty());
      number.get(5, TimeUnit.SECONDS);
      promotion.get(5, TimeUnit.SECONDS);
      assertThat(order).containsExactly("promotion", "number");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void pass(
      Limiter limiter, boolean urgent, String name, List<String> order, CountDownLatch begun) {
    begun.countDown();
    Optional<Limiter.Permit> permit = limiter.enter(urgent, Duration.ZERO, SOON);
    synchronized (order) {
      order.add(permit.isPresent() ? name : name + " gave up");
    }
    permit.ifPresent(p -> limiter.leave(p, false, OptionalInt.empty()));
  }

  private static void awaitWaiting(Limiter limiter) {
    Ticker ticker = Ticker.system();
    while (limiter.waiting() < 2 && ticker.now().compareTo(SOON) < 0) {
      Thread.onSpinWait();
    }
  }

  private List<Limiter.Permit> enter(int count) {
    List<Limiter.Permit> permits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      permits.add(limiter.enter(false, now, now.plusSeconds(1)).orElseThrow());
    }
    return permits;
  }

  private void refuseARound() {
    List<Limiter.Permit> round = enter(limiter.limit());
    now = now.plusMillis(150);
    round.forEach(permit -> limiter.leave(permit, true, OptionalInt.empty()));
    now = now.plusMillis(150);
  }

  /** A queue that is never empty: where one is done, others take all places there are. */
  private void acceptARound(OptionalInt counted) {
    for (int i = limiter.limit(); i > 0; i--) {
      while (running.size() < limiter.limit()) {
        running.addAll(enter(1));
      }
      limiter.leave(running.remove(0), false, counted);
    }
  }
}
