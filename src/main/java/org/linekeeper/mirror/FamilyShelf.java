package org.linekeeper.mirror;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.AstDb;

/**
 * A family of AstDB. A running Asterisk reads these on demand, so what is written counts at once.
 */
record FamilyShelf(String name, String family, boolean contacts) implements Shelf {
  static FamilyShelf ofContacts() {
    return new FamilyShelf("contacts", "registrar/contact", true);
  }

  static FamilyShelf of(String family) {
    return new FamilyShelf(family, family, false);
  }

  @Override
  public Merge merge() {
    return contacts ? new ContactMerge() : new PlainMerge();
  }

  @Override
  public boolean needsAor() {
    return contacts;
  }

  @Override
  public CompletionStage<AmiAnswer<Map<String, String>>> read(AstDb pbx, Duration deadline) {
    return pbx.rows(family, deadline);
  }

  @Override
  public CompletionStage<AmiAnswer<String>> write(AstDb pbx, Change change, Duration deadline) {
    return change
        .value()
        .map(value -> pbx.put(family, change.key(), value, deadline))
        .orElseGet(() -> pbx.delete(family, change.key(), deadline));
  }
}
