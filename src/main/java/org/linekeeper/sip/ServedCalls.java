package org.linekeeper.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.linekeeper.net.IoLoop;

/** The calls of one server, from INVITE to BYE, on its loop's thread. */
final class ServedCalls {
  /** More than any office has at once; beyond it callers hear 503. */
  private static final int MAX_CALLS = 2_000;

  private final IoLoop loop;
  private final SipTimers timers;
  private final SipService service;
  private final BiConsumer<SipMessage, InetSocketAddress> wire;
  private final String name;
  private final InetSocketAddress local;
  private final Map<String, ServedCall> byCallId = new LinkedHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  ServedCalls(
      IoLoop loop,
      SipTimers timers,
      SipService service,
      BiConsumer<SipMessage, InetSocketAddress> wire,
      String name,
      InetSocketAddress local) {
    this.loop = loop;
    this.timers = timers;
    this.service = service;
    this.wire = wire;
    this.name = name;
    this.local = local;
  }

  /** From any thread. */
  int size() {
    return size.get();
  }

  /**
   * Begins a call.
   *
   * @param answer sends a response and remembers it for when the INVITE comes again
   */
  void invite(SipMessage invite, InetSocketAddress from, Consumer<SipMessage> answer) {
    ServedCall call =
        new ServedCall(this, invite, from, answer, SipServer.transaction("INVITE", invite));
    if (SipSyntax.parameter(invite.header("To"), "tag").isPresent()) {
      // a change of a call that is up: not for us
      answer.accept(response(invite, 488, "Not Acceptable Here", from, name, SipHeaders.NONE));
      return;
    }
    if (byCallId.size() >= MAX_CALLS || byCallId.containsKey(invite.callId())) {
      answer.accept(response(invite, 503, "Service Unavailable", from, name, SipHeaders.NONE));
      return;
    }
    byCallId.put(invite.callId(), call);
    size.set(byCallId.size());
    call.begin(service.invite(invite));
  }

  void acknowledged(SipMessage ack) {
    ServedCall call = byCallId.get(ack.callId());
    if (call != null) {
      call.acknowledged();
    }
  }

  SipReply bye(SipMessage bye) {
    ServedCall call = byCallId.get(bye.callId());
    return call != null && call.hungUpByCaller() ? SipReply.OK : NO_SUCH_CALL;
  }

  SipReply cancel(String transaction, SipMessage cancel) {
    ServedCall call = byCallId.get(cancel.callId());
    return call != null && call.isOf(transaction) && call.cancelled() ? SipReply.OK : NO_SUCH_CALL;
  }

  private static final SipReply NO_SUCH_CALL = SipReply.at(481, "Call/Transaction Does Not Exist");

  void response(SipMessage response) {
    ServedCall call = byCallId.get(response.callId());
    if (call != null && response.method().equals("BYE") && response.status() >= 200) {
      call.byeAnswered();
    }
  }

  void hangUpAll() {
    List.copyOf(byCallId.values()).forEach(ServedCall::hangUp);
  }

  void forget() {
    List<ServedCall> all = new ArrayList<>(byCallId.values());
    all.forEach(ServedCall::forget);
  }

  void gone(ServedCall call) {
    byCallId.remove(call.invite().callId(), call);
    size.set(byCallId.size());
  }

  void send(SipMessage message, InetSocketAddress to) {
    wire.accept(message, to);
  }

  IoLoop loop() {
    return loop;
  }

  SipTimers timers() {
    return timers;
  }

  SipService service() {
    return service;
  }

  String name() {
    return name;
  }

  InetSocketAddress local() {
    return local;
  }

  /** A response as RFC 3261 section 8.2.6 wants it, with the caller's real address in Via. */
  static SipMessage response(
      SipMessage request,
      int status,
      String reason,
      InetSocketAddress from,
      String server,
      SipHeaders extra) {
    List<SipHeaders.Field> fields = new ArrayList<>();
    for (SipHeaders.Field f : CallMessages.copied(request).fields()) {
      boolean topVia = f.name().equalsIgnoreCase("Via") && fields.isEmpty();
      boolean to = f.name().equalsIgnoreCase("To") && status > 100;
      String value = topVia ? Vias.received(f.value(), from) : f.value();
      fields.add(new SipHeaders.Field(f.name(), to ? tagged(value, request) : value));
    }
    fields.add(new SipHeaders.Field("Server", server));
    fields.add(new SipHeaders.Field("Allow", String.join(", ", SipServer.ALLOW)));
    fields.addAll(extra.fields());
    return SipMessage.response(status, reason, SipHeaders.of(fields), "");
  }

  private static String tagged(String to, SipMessage request) {
    // made from the branch, so that every answer to this request carries the same tag
    return SipSyntax.parameter(to, "tag").isPresent()
        ? to
        : to + ";tag=" + Integer.toHexString((request.branch() + request.callId()).hashCode());
  }
}
