package org.linekeeper.demo.pbx;

import static org.linekeeper.demo.pbx.AmiClass.REPORTING;
import static org.linekeeper.demo.pbx.AmiClass.SYSTEM;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The trunk's outbound registrations (res_pjsip_outbound_registration.c). */
final class RegistrationActions {
  private static final Set<AmiClass> AUTHORITY = EnumSet.of(SYSTEM, REPORTING);

  /** One round trip to the registrar. */
  private static final Duration REGISTRAR_TAKES = Duration.ofMillis(100);

  private final PbxMemory memory;

  RegistrationActions(PbxMemory memory) {
    this.memory = memory;
  }

  List<AmiAction> all() {
    return List.of(
        new AmiAction(
            "PJSIPShowRegistrationsOutbound",
            "Lists PJSIP outbound registrations.",
            AUTHORITY,
            this::show),
        new AmiAction(
            "PJSIPRegister", "Register an outbound registration.", AUTHORITY, this::register),
        new AmiAction(
            "PJSIPUnregister",
            "Unregister an outbound registration.",
            AUTHORITY,
            this::unregister));
  }

  private void show(AmiSession session, AmiRequest request) {
    Map<String, String> all = memory.registrations();
    session.send(
        AmiText.listBegins(request, "Following are Events for each Outbound registration"));
    all.forEach((name, status) -> session.send(detail(request, name, status)));
    long registered = all.values().stream().filter("Registered"::equals).count();
    String counts =
        "Registered: " + registered + "\r\nNotRegistered: " + (all.size() - registered) + "\r\n";
    session.send(
        AmiText.listEnds(request, "OutboundRegistrationDetailComplete", all.size(), counts));
  }

  private String detail(AmiRequest request, String name, String status) {
    return "Event: OutboundRegistrationDetail\r\n"
        + request.idLine()
        + String.join(
            "\r\n",
            "ObjectType: registration",
            "ObjectName: " + name,
            "MaxRetries: 10",
            "ClientUri: sip:" + memory.settings().name() + "@carrier.invalid",
            "SecurityNegotiation: no",
            "AuthRejectionPermanent: true",
            "ServerUri: sip:carrier.invalid",
            "MaxRandomInitialDelay: 10",
            "SupportPath: false",
            "RetryInterval: 60",
            "ContactHeaderParams: ",
            "Expiration: 3600",
            "Transport: ",
            "Line: false",
            "ContactUser: ",
            "Endpoint: ",
            "UserAgent: ",
            "ForbiddenRetryInterval: 0",
            "OutboundAuth: ",
            "OutboundProxy: ",
            "FatalRetryInterval: 0",
            "SupportOutbound: no",
            "Status: " + status,
            "NextReg: " + (status.equals("Registered") ? 3570 : 0),
            "\r\n");
  }

  private void register(AmiSession session, AmiRequest request) {
    change(session, request, "Registered", "Reregistration sent", "Reregistrations queued.");
  }

  private void unregister(AmiSession session, AmiRequest request) {
    change(session, request, "Unregistered", "Unregistration sent", "Unregistrations queued.");
  }

  private void change(
      AmiSession session, AmiRequest request, String to, String one, String everything) {
    String name = request.get("Registration");
    boolean all = name.equals("*all");
    if (name.isEmpty()) {
      session.send(AmiText.error(request, "Registration parameter missing."));
    } else if (!all && !memory.registrations().containsKey(name)) {
      session.send(AmiText.error(request, "Unable to retrieve registration entry\n"));
    } else {
      session.send(AmiText.success(request, all ? everything : one));
      List<String> names = all ? List.copyOf(memory.registrations().keySet()) : List.of(name);
      AmiServer server = session.server();
      server.loop().after(REGISTRAR_TAKES, () -> names.forEach(n -> answered(server, n, to)));
    }
  }

  private void answered(AmiServer server, String name, String asked) {
    switch (memory.registrar()) {
      case ACCEPTS -> become(server, name, asked);
      case REFUSES -> become(server, name, "Rejected");
      case SILENT -> {}
    }
  }

  private void become(AmiServer server, String name, String status) {
    memory.registrations().put(name, status);
    server.tell("Registry", SYSTEM, event(memory, name, status));
  }

  /** What is told of a registration that changed. */
  static String event(PbxMemory memory, String name, String status) {
    return String.join(
        "\r\n",
        "ChannelType: PJSIP",
        "Username: sip:" + memory.settings().name() + "@carrier.invalid",
        "Domain: sip:carrier.invalid",
        "Status: " + status,
        "");
  }
}
