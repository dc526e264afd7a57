package org.linekeeper.demo.pbx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.linekeeper.sip.SipMessage;
import org.linekeeper.sip.SipReply;
import org.linekeeper.sip.SipService;

/** What the PBX's dialplan says to calls: gate for the carrier, none for the phones. */
final class PbxSip implements SipService {
  private final PbxMemory memory;
  private final Consumer<PbxCall> listener;
  private final Map<String, String> channelOfCall = new HashMap<>();

  PbxSip(PbxMemory memory, Consumer<PbxCall> listener) {
    this.memory = memory;
    this.listener = listener;
  }

  @Override
  public SipReply options(SipMessage request) {
    if (memory.shuttingDown()) {
      return SipReply.UNAVAILABLE;
    }
    // without a user Asterisk answers by itself, with one the extension must exist
    return request.dialled().isEmpty() || isExtension(request.dialled())
        ? SipReply.OK
        : SipReply.NOT_FOUND;
  }

  @Override
  public SipReply invite(SipMessage request) {
    SipReply reply = decide(request);
    if (reply.status() != 200) {
      listener.accept(call(request, reply.status()));
      return reply;
    }
    memory.callProcessed();
    String caller = request.caller();
    boolean phone = memory.settings().phones().contains(caller);
    PbxChannel channel =
        new PbxChannel(
            "PJSIP/" + (phone ? caller : "carrier") + "-" + memory.nextSequence(),
            memory.uniqueId(),
            "Up",
            caller,
            phone ? "phones" : memory.settings().context(),
            request.dialled(),
            null);
    memory.channels().put(channel.name(), channel);
    channelOfCall.put(request.callId(), channel.name());
    return reply;
  }

  private SipReply decide(SipMessage request) {
    if (memory.shuttingDown() || !memory.roomForAnotherCall()) {
      return SipReply.UNAVAILABLE;
    }
    boolean phone = memory.settings().phones().contains(request.caller());
    if (phone) {
      return SipReply.OK; // a phone's own call, 999 among them, never meets the gate
    }
    if (!isNumber(request.dialled()) || memory.dialplanBroken()) {
      return SipReply.NOT_FOUND;
    }
    return memory.gateClosed() ? SipReply.UNAVAILABLE : SipReply.OK;
  }

  private boolean isExtension(String user) {
    return !memory.dialplanBroken() && (isNumber(user) || user.equals("lk-canary"));
  }

  private static boolean isNumber(String user) {
    return user.matches("[+0-9]+");
  }

  @Override
  public void answered(SipMessage invite) {
    listener.accept(call(invite, 200));
  }

  @Override
  public void ended(SipMessage invite) {
    String channel = channelOfCall.remove(invite.callId());
    if (channel != null) {
      memory.channels().remove(channel);
    }
  }

  private PbxCall call(SipMessage request, int status) {
    return new PbxCall(memory.settings().name(), request.dialled(), request.caller(), status);
  }
}
