package org.linekeeper.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.linekeeper.estate.Estate;
import tools.jackson.databind.json.JsonMapper;

/** Whether two watchers mean the same office. */
public final class EstateHash {
  private static final JsonMapper JSON = JournalJson.mapper();

  private EstateHash() {}

  /** SHA-256, hexadecimal, over what the journal would hold: the same on every machine. */
  public static String of(Estate estate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(estate)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
