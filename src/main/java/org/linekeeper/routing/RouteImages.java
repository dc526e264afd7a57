package org.linekeeper.routing;

import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;

/** How one carrier writes down where a number rings. Asks nobody. */
public interface RouteImages {
  /**
   * The image that makes a number ring these mobiles, all at once; every field that has nothing to
   * do with that stays.
   *
   * @param callerId shown to the mobiles when the caller withholds theirs
   */
  NumberImage diverted(NumberImage image, List<PhoneNumber> rings, Optional<PhoneNumber> callerId);

  /**
   * Whether calls to a number in the one state go the same way as in the other: fields that have
   * nothing to do with where it rings may differ.
   */
  boolean sameRoute(NumberImage one, NumberImage other);

  /** The image with calls going the way of the other one; every other field stays. */
  NumberImage withRoute(NumberImage image, NumberImage route);

  /** Whether calls to a number in this state ring mobiles, written as Linekeeper writes it. */
  boolean diverts(NumberImage image);
}
