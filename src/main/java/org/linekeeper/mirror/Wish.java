package org.linekeeper.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be copied?
 *
 * @param contacts the phones' registrations
 * @param families of AstDB
 * @param queues whose dynamic members
 * @param every between two comparisons, besides those that something new gives rise to
 */
public record Wish(boolean contacts, List<String> families, List<String> queues, Duration every) {
  /** Copies its lists. */
  public Wish {
    families = List.copyOf(families);
    queues = List.copyOf(queues);
  }

  List<Shelf> shelves() {
    List<Shelf> shelves = new ArrayList<>();
    if (contacts) {
      shelves.add(FamilyShelf.ofContacts());
    }
    families.forEach(family -> shelves.add(FamilyShelf.of(family)));
    if (!queues.isEmpty()) {
      shelves.add(new QueueShelf(java.util.Set.copyOf(queues)));
    }
    return shelves;
  }
}
