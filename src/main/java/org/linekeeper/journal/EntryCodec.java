package org.linekeeper.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How are entries and the state written down? As JSON, an entry in an envelope of {@code kind} and
 * {@code version} (see {@link EntryKind}). Read back, a component that is missing is empty, 0 or
 * false where that can be said, one that is not known is skipped, and a kind or version that is not
 * known is refused: acting without knowing what was decided could take calls from the wrong PBX.
 */
final class EntryCodec {
  private static final String KIND = "kind";

  /** Where in the journal; no record may have a component of this name. */
  private static final String PLACE = "place";

  private static final Pattern PLACE_FIRST = Pattern.compile("\\{\"place\":([0-9]{1,18}),");
  private static final String VERSION = "version";
  private static final int STATE_VERSION = 1;

  private final JsonMapper json = JournalJson.mapper();

  /** The entries as one JSON array. */
  byte[] encode(List<Entry> entries) {
    ArrayNode array = json.createArrayNode();
    entries.forEach(entry -> array.add(envelope(entry)));
    return json.writeValueAsBytes(array);
  }

  /**
   * @throws JournalRefused if this release cannot read them
   */
  List<Entry> decode(byte[] encoded) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : tree(encoded)) {
      entries.add(entry(node));
    }
    return List.copyOf(entries);
  }

  /** One record as one line of JSON, without the line's end. */
  String line(Recorded recorded) {
    ObjectNode line = json.createObjectNode().put(PLACE, recorded.number());
    line.setAll(envelope(recorded.entry()));
    return json.writeValueAsString(line);
  }

  /**
   * @throws JournalRefused if this release cannot read it
   */
  Recorded recorded(String line) {
    JsonNode node = tree(line.getBytes(StandardCharsets.UTF_8));
    return new Recorded(node.path(PLACE).asLong(0), entry(node));
  }

  /** The state after so many records. */
  byte[] snapshot(long number, State state) {
    return json.writeValueAsBytes(
        json.createObjectNode()
            .put(VERSION, STATE_VERSION)
            .put(PLACE, number)
            .set("state", json.valueToTree(state)));
  }

  /** The place of the record on a line of {@link #line}, without reading the rest; 0 if none. */
  static long place(String line) {
    Matcher place = PLACE_FIRST.matcher(line);
    return place.lookingAt() ? Long.parseLong(place.group(1)) : 0;
  }

  /** What {@link #snapshot} wrote. */
  record Snapshot(long number, State state) {}

  /**
   * @throws JournalRefused if this release cannot read it
   */
  Snapshot snapshot(byte[] encoded) {
    JsonNode node = tree(encoded);
    int version = node.path(VERSION).asInt(0);
    if (version != STATE_VERSION) {
      throw newer("a snapshot of version " + version);
    }
    return new Snapshot(node.path(PLACE).asLong(), read(node.path("state"), State.class));
  }

  private ObjectNode envelope(Entry entry) {
    EntryKind kind = EntryKind.of(entry);
    ObjectNode envelope = json.createObjectNode().put(KIND, kind.label).put(VERSION, kind.version);
    envelope.setAll((ObjectNode) json.valueToTree(entry));
    return envelope;
  }

  private Entry entry(JsonNode node) {
    String label = node.path(KIND).asString("");
    int version = node.path(VERSION).asInt(0);
    EntryKind kind =
        EntryKind.labelled(label).orElseThrow(() -> newer("an entry of kind \"" + label + "\""));
    if (version < 1 || version > kind.version) {
      throw newer("an entry of kind \"" + label + "\", version " + version);
    }
    return read(node, kind.type);
  }

  private JsonNode tree(byte[] encoded) {
    try {
      return json.readTree(encoded);
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  private <T> T read(JsonNode node, Class<T> type) {
    try {
      return json.treeToValue(node, type);
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
