package org.linekeeper.mirror;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.AstDb;

/** One kind of rows that is copied: where it stands in a PBX, and how it is read and written. */
interface Shelf {
  /** For people, such as {@code contacts}. */
  String name();

  /** A new memory of what was copied between two PBXs. */
  Merge merge();

  /** Whether a row needs an AOR of its name at the PBX. */
  boolean needsAor();

  CompletionStage<AmiAnswer<Map<String, String>>> read(AstDb pbx, Duration deadline);

  CompletionStage<AmiAnswer<String>> write(AstDb pbx, Change change, Duration deadline);
}
