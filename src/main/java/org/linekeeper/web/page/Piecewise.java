package org.linekeeper.web.page;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the parts of the page one by one, so that a defect in one of them leaves the others:
 * whoever opens the page at three in the morning must find its buttons.
 */
final class Piecewise {
  private static final Logger LOG = LoggerFactory.getLogger(Piecewise.class);

  /** What cannot be made now; logged once when it begins, not at every look of an open page. */
  private final Set<String> broken = new ConcurrentSkipListSet<>();

  /**
   * The part, or what stands for it while it cannot be made.
   *
   * @param name for people, such as {@code the journal}
   */
  <T> T part(String name, Supplier<T> make, T instead) {
    try {
      T made = make.get();
      broken.remove(name);
      return made;
    } catch (RuntimeException defect) {
      if (broken.add(name)) {
        LOG.error(
            "A defect in Linekeeper: the page cannot show {}. Please report it", name, defect);
      }
      return instead;
    }
  }

  /** What could not be made at the latest try. */
  Set<String> broken() {
    return new TreeSet<>(broken);
  }
}
