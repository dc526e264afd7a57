package org.linekeeper.carrier;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.routing.RouteImages;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;

/**
 * A SIP trunk provider's API. Every call blocks until its own deadline at most, may be made from
 * any number of threads, retries by itself only what is safe, and keeps to the carrier's
 * concurrency limit. Expected faults are answers, not exceptions.
 */
public interface Carrier extends RouteImages, AutoCloseable {
  /** Every number of the account, with its routing. */
  Answer<List<CarrierNumber>> numbers();

  /** One number, by the carrier's name for it; what is read back after an unknown outcome. */
  Answer<CarrierNumber> number(String sid);

  /**
   * Makes the number be as wanted with exactly one request, in which only the fields go that differ
   * between the images and those that the carrier would otherwise lose.
   *
   * @param before the number as it is, as far as is known
   * @param still asked just before each request is sent: once it says no, none is
   * @return applied only if the carrier's answer shows the wanted values; unknown after a time-out
   *     or an answer that does not tell
   */
  Outcome route(String sid, NumberImage before, NumberImage want, BooleanSupplier still);

  /** The same, whatever happens meanwhile. */
  default Outcome route(String sid, NumberImage before, NumberImage want) {
    return route(sid, before, want, () -> true);
  }

  /** The trunk's origination URLs. */
  Answer<List<OriginationUrl>> originationUrls(String trunk);

  /**
   * Makes one origination URL be as wanted, with one request that always has priority and weight.
   *
   * @param still asked just before each request is sent: once it says no, none is
   */
  Outcome setOrigination(String trunk, OriginationUrl want, BooleanSupplier still);

  /** The same, whatever happens meanwhile. */
  default Outcome setOrigination(String trunk, OriginationUrl want) {
    return setOrigination(trunk, want, () -> true);
  }

  /** Sends a text. Never repeated after an answer that does not tell: better none than two. */
  Outcome send(PhoneNumber from, PhoneNumber to, String text);

  /** Texts to the number received since about that moment, oldest first; may repeat some. */
  Answer<List<InboundText>> textsSince(PhoneNumber to, Instant since);

  /** What the carrier itself has noticed since that moment: its view of the PBXs from outside. */
  Answer<List<CarrierAlert>> alertsSince(Instant since);

  /**
   * The latest calls to these numbers that came through the trunk and were answered, as many as the
   * carrier lists at once, in any order. None if the trunk has a disaster recovery: what that
   * answered cannot be told apart at once.
   */
  Answer<List<DeliveredCall>> delivered(String trunk, Set<PhoneNumber> numbers);

  /**
   * Places a call that says nothing but keys digits once it is answered, and hangs up after some
   * seconds; it costs money. Never repeated after an answer that does not tell: with {@link
   * Answer.Problem#UNREACHABLE} the call may be under way all the same, and {@link #testCalls}
   * tells.
   */
  Answer<TestCall> testCall(PhoneNumber from, PhoneNumber to, String digits);

  /** How a test call stands now. */
  Answer<TestCall> testCall(String sid);

  /** The calls between the two since then, as many as the carrier lists at once. */
  Answer<List<TestCall>> testCalls(PhoneNumber from, PhoneNumber to, Instant since);

  /** How the latest requests to the carrier went. Asks nobody. */
  default CarrierHealth health() {
    return CarrierHealth.UNKNOWN;
  }

  @Override
  void close();
}
