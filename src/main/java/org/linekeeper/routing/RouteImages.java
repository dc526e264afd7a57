package org.linekeeper.routing;

import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;

/** How one carrier writes down where a number rings. Asks nobody. */
public interface RouteImages {
  /**
   * The image that makes a number ring these mobiles, all at once.
   *
   * @param callerId shown to the mobiles when the caller withholds theirs
   */
  NumberImage diverted(
      NumberImage asFound, List<PhoneNumber> rings, Optional<PhoneNumber> callerId);

  /**
   * Whether calls to a number in the one state go the same way as in the other: fields that have
   * nothing to do with where it rings may differ.
   */
  boolean sameRoute(NumberImage one, NumberImage other);

  /** Whether calls to a number in this state ring mobiles, written as Linekeeper writes it. */
  boolean diverts(NumberImage image);
}
