package org.linekeeper.web;

import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.SettingsInForce;

/** Finds the number that somebody means. */
public final class Numbers {
  private Numbers() {}

  /**
   * The office number with that name or those digits; also one that is gone from the files but
   * still moved at the carrier.
   */
  public static Optional<PhoneNumber> named(Overview seen, String text) {
    Optional<PhoneNumber> digits =
        seen.state()
            .settings()
            .flatMap(s -> PhoneNumber.parse(text, s.estate().targets().region()))
            .filter(n -> seen.routes().containsKey(n) || seen.state().moved().containsKey(n));
    return digits.or(() -> called(seen, text.strip()));
  }

  private static Optional<PhoneNumber> called(Overview seen, String name) {
    List<OfficeNumber> numbers =
        seen.state()
            .settings()
            .map(SettingsInForce::estate)
            .map(e -> e.numbers())
            .orElse(List.of());
    List<OfficeNumber> found =
        numbers.stream().filter(n -> n.name().equalsIgnoreCase(name)).toList();
    return found.size() == 1 ? Optional.of(found.get(0).number()) : Optional.empty();
  }
}
