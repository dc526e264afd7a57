package org.linekeeper.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One log entry's bytes: JSON as it is, or gzipped when it is large. A plan for a thousand numbers
 * is megabytes of near repetition, and a log entry must fit Ratis' buffers.
 */
final class Payload {
  /** Most bytes of JSON in one log entry: some 10,000 numbers. */
  static final int LARGEST_JSON = 16 << 20;

  /** Most bytes of one log entry; a buffer of this size is held for the life of the process. */
  static final int LARGEST = 2 << 20;

  private static final int SMALL = 32 << 10;
  private static final byte GZIP = 0x1f;

  private Payload() {}

  static byte[] pack(byte[] json) {
    if (json.length <= SMALL) {
      return json;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(json.length / 8);
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] unpack(byte[] packed) {
    if (packed.length == 0 || packed[0] != GZIP) {
      return packed;
    }
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return zip.readNBytes(LARGEST_JSON);
    } catch (IOException e) {
      throw new JournalRefused(
          "An entry of the journal cannot be unpacked: " + e.getMessage() + ".",
          "Restore the journal.",
          e);
    }
  }
}
