package org.linekeeper.demo.pbx;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an Asterisk process knows, on its loop's thread. All but the AstDB is lost with it. */
final class PbxMemory {
  private static final int MAX_VARIABLES = 1_000;
  private static final int MAX_CHANNELS = 5_000;

  private final PbxSettings settings;
  private final InstantSource clock;
  private final Instant started;
  private final Map<String, String> globals = new LinkedHashMap<>();
  private final Map<String, String> astDb;
  private final Map<String, String> registrations = new LinkedHashMap<>();
  private final Map<String, PbxChannel> channels = new LinkedHashMap<>();
  private int sequence;
  private int processedCalls;
  private Registrar registrar = Registrar.ACCEPTS;
  private boolean dialplanBroken;
  private boolean shuttingDown;

  /**
   * A process that starts.
   *
   * @param astDb what is on its disk; written to
   */
  PbxMemory(PbxSettings settings, InstantSource clock, Map<String, String> astDb) {
    this.settings = settings;
    this.clock = clock;
    this.started = clock.instant();
    this.astDb = astDb;
    settings.registrations().forEach(r -> registrations.put(r, "Registered"));
  }

  PbxSettings settings() {
    return settings;
  }

  Instant now() {
    return clock.instant();
  }

  Instant started() {
    return started;
  }

  String global(String name) {
    return globals.getOrDefault(name, "");
  }

  /** False if there is no room. Setting to nothing deletes, as Asterisk does. */
  boolean setGlobal(String name, String value) {
    if (value.isEmpty()) {
      globals.remove(name);
      return true;
    }
    if (globals.size() >= MAX_VARIABLES && !globals.containsKey(name)) {
      return false;
    }
    globals.put(name, value);
    return true;
  }

  Map<String, String> astDb() {
    return astDb;
  }

  boolean dbPut(String family, String key, String value) {
    String path = "/" + family + "/" + key;
    if (astDb.size() >= MAX_VARIABLES && !astDb.containsKey(path)) {
      return false;
    }
    astDb.put(path, value);
    return true;
  }

  /** Registration name to status, as OutboundRegistrationDetail says it. */
  Map<String, String> registrations() {
    return registrations;
  }

  Registrar registrar() {
    return registrar;
  }

  void registrar(Registrar now) {
    registrar = now;
  }

  Map<String, PbxChannel> channels() {
    return channels;
  }

  boolean roomForAnotherCall() {
    int limit = settings.maxCalls() == 0 ? MAX_CHANNELS : settings.maxCalls();
    return channels.size() < limit;
  }

  /** The number in a channel's name, as in {@code PJSIP/carrier-0000001f}. */
  String nextSequence() {
    sequence++;
    return String.format("%08x", sequence);
  }

  String uniqueId() {
    return settings.name() + "-" + now().getEpochSecond() + "." + sequence;
  }

  void callProcessed() {
    processedCalls++;
  }

  int processedCalls() {
    return processedCalls;
  }

  boolean gateClosed() {
    return RoleGate.closed(global(RoleGate.VARIABLE), now());
  }

  boolean dialplanBroken() {
    return dialplanBroken;
  }

  void dialplanBroken(boolean broken) {
    dialplanBroken = broken;
  }

  boolean shuttingDown() {
    return shuttingDown;
  }

  void shuttingDown(boolean now) {
    shuttingDown = now;
  }
}
