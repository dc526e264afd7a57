package org.linekeeper.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.State;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every moved number was at the carrier, in a plain file that a person can work from when the
 * journal cannot be read. Written before anybody is told that a move is recorded.
 */
final class BeforeImages {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private SortedMap<PhoneNumber, NumberImage> written = new TreeMap<>();
  private volatile String trouble = "";

  BeforeImages(Path file) {
    this.file = file;
  }

  /** Writes the file if it does not say what the state says. */
  void export(State state) {
    SortedMap<PhoneNumber, NumberImage> found = new TreeMap<>();
    state.moved().forEach((number, moved) -> found.put(number, moved.asFound()));
    if (found.equals(written) && Files.exists(file) && trouble.isEmpty()) {
      return;
    }
    try {
      DurableFile.replace(file, JSON.writeValueAsBytes(content(state)));
      written = found;
      trouble = "";
    } catch (IOException e) {
      trouble = file.getFileName() + " cannot be written: " + e.getMessage() + ".";
    }
  }

  /** Why the file is not up to date; empty text if it is. */
  String trouble() {
    return trouble;
  }

  private static ObjectNode content(State state) {
    ObjectNode content =
        JSON.createObjectNode()
            .put(
                "about",
                "Numbers that Linekeeper has changed at the carrier, or may have, with every"
                    + " writable field as it was before. To put a number back by hand, send its"
                    + " fields to the carrier; see docs/RUNBOOK-JOURNAL.md.");
    ArrayNode numbers = content.putArray("numbers");
    for (MovedNumber moved : state.moved().values()) {
      ObjectNode number =
          numbers.addObject().put("number", moved.number().e164()).put("sid", moved.sid());
      ObjectNode fields = number.putObject("asFound");
      for (Map.Entry<String, String> field : moved.asFound().fields().entrySet()) {
        fields.put(field.getKey(), field.getValue());
      }
      ArrayNode rings = number.putArray("rings");
      moved.rings().forEach(mobile -> rings.add(mobile.e164()));
    }
    return content;
  }
}
