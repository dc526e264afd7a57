package org.linekeeper.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How are entries and the state written down? As JSON, an entry in an envelope of {@code kind} and
 * {@code version} (see {@link EntryKind}). Read back, a component that is missing is empty, 0 or
 * false where that can be said, one that is not known is skipped, and a kind or version that is not
 * known is refused: acting without knowing what was decided could take calls from the wrong PBX.
 */
final class EntryCodec {
  private static final int STATE_VERSION = 1;

  /** What stands before an entry's own components; no entry may have components of these names. */
  private static final Pattern ENVELOPE =
      Pattern.compile(
          "\\{(?:\"place\":([0-9]{1,18}),)?\"kind\":\"([a-z-]+)\",\"version\":([0-9]{1,9})[,}]");

  private final JsonMapper json = JournalJson.mapper();

  /** The entries, one a line. */
  byte[] encode(List<Entry> entries) {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append('{').append(envelope(entry)).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws JournalRefused if this release cannot read them
   */
  List<Entry> decode(byte[] encoded) {
    return new String(encoded, StandardCharsets.UTF_8).lines().map(this::entry).toList();
  }

  /** One record as one line, without the line's end. */
  String line(Recorded recorded) {
    return "{\"place\":" + recorded.number() + "," + envelope(recorded.entry());
  }

  /**
   * @throws JournalRefused if this release cannot read it
   */
  Recorded recorded(String line) {
    return new Recorded(place(line), entry(line));
  }

  /** The place of the record on a line of {@link #line}, without reading the rest; 0 if none. */
  static long place(String line) {
    Matcher envelope = ENVELOPE.matcher(line);
    return envelope.lookingAt() && envelope.group(1) != null
        ? Long.parseLong(envelope.group(1))
        : 0;
  }

  /**
   * A state in its place.
   *
   * @param version how it is written down
   * @param place how many records it adds up
   */
  record Snapshot(int version, long place, State state) {
    Snapshot(long place, State state) {
      this(STATE_VERSION, place, state);
    }
  }

  byte[] encode(Snapshot snapshot) {
    return json.writeValueAsBytes(snapshot);
  }

  /**
   * @throws JournalRefused if this release cannot read it
   */
  Snapshot snapshot(byte[] encoded) {
    String begin = new String(encoded, 0, Math.min(encoded.length, 40), StandardCharsets.UTF_8);
    if (!begin.startsWith("{\"version\":" + STATE_VERSION + ",")) {
      throw newer("a snapshot that begins " + begin);
    }
    try {
      return json.readValue(encoded, Snapshot.class);
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /** Without the first brace, so that something can be put before it. */
  private String envelope(Entry entry) {
    EntryKind kind = EntryKind.of(entry);
    return "\"kind\":\""
        + kind.label
        + "\",\"version\":"
        + kind.version
        + ","
        + json.writeValueAsString(entry).substring(1);
  }

  private Entry entry(String line) {
    Matcher envelope = ENVELOPE.matcher(line);
    if (!envelope.lookingAt()) {
      throw newer("a line that begins " + line.substring(0, Math.min(line.length(), 40)));
    }
    String label = envelope.group(2);
    int version = Integer.parseInt(envelope.group(3));
    EntryKind kind =
        EntryKind.labelled(label).orElseThrow(() -> newer("an entry of kind \"" + label + "\""));
    if (version < 1 || version > kind.version) {
      throw newer("an entry of kind \"" + label + "\", version " + version);
    }
    try {
      return json.readValue(line, kind.type);
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  private static JournalRefused newer(String what) {
    return new JournalRefused(
        "The journal holds "
            + what
            + ", which this release of Linekeeper does not know: a newer release wrote it.",
        "Install the release that wrote it, or a newer one.");
  }

  private static JournalRefused unreadable(JacksonException cause) {
    return new JournalRefused(
        "An entry of the journal cannot be read: " + cause.getOriginalMessage() + ".",
        "Install the release that wrote it, or restore the journal.",
        cause);
  }
}
