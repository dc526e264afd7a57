package org.linekeeper.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.state.MovedRow;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.State;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every moved number and origination URL was at the carrier, in a plain file that a person can
 * work from when the journal cannot be read. Written before anybody is told that a move is
 * recorded.
 */
final class BeforeImages {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private Found written = new Found(new TreeMap<>(), new TreeMap<>());
  private volatile String trouble = "";

  private record Found(
      SortedMap<PhoneNumber, NumberImage> numbers, SortedMap<String, OriginationUrl> rows) {
    static Found of(State state) {
      Found found = new Found(new TreeMap<>(), new TreeMap<>());
      state.moved().forEach((number, moved) -> found.numbers.put(number, moved.asFound()));
      state.rows().forEach((sid, row) -> found.rows.put(sid, row.asFound()));
      return found;
    }
  }

  BeforeImages(Path file) {
    this.file = file;
  }

  /** Writes the file if it does not say what the state says. */
  void export(State state) {
    Found found = Found.of(state);
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
                "Numbers and origination URLs that Linekeeper has changed at the carrier, or may"
                    + " have, with every writable field as it was before. To put one back by hand,"
                    + " send its fields to the carrier; see docs/RUNBOOK-JOURNAL.md.");
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
    ArrayNode rows = content.putArray("originationUrls");
    for (MovedRow moved : state.rows().values()) {
      OriginationUrl row = moved.asFound();
      rows.addObject()
          .put("trunk", moved.trunk())
          .put("sid", row.sid())
          .putObject("asFound")
          .put("SipUrl", row.sipUrl())
          .put("Priority", row.priority())
          .put("Weight", row.weight())
          .put("Enabled", row.enabled());
    }
    return content;
  }
}
