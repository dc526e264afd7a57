package org.linekeeper.demo.carrier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;

/** A call while it is being routed: who calls whom, and what was tried so far. */
final class Call {
  private static final int TRACE_LIMIT = 50;

  /** Who took it. */
  record End(AnsweredBy by, String who, String via) {
    static final End NOBODY = new End(AnsweredBy.NOBODY, "", "");
  }

  final String sid;
  final String from;
  final String to;

  /** Keyed once it is answered; empty text for none. */
  final String digits;

  private final String accountSid;
  private final List<String> trace = new ArrayList<>();

  Call(String sid, String accountSid, String from, String to) {
    this(sid, accountSid, from, to, "");
  }

  Call(String sid, String accountSid, String from, String to, String digits) {
    this.digits = digits;
    this.sid = sid;
    this.accountSid = accountSid;
    this.from = from;
    this.to = to;
  }

  void note(String sentence) {
    if (trace.size() < TRACE_LIMIT) {
      trace.add(sentence);
    }
  }

  List<String> trace() {
    return List.copyOf(trace);
  }

  /** What Twilio tells a voice URL about the call. Source: Twilio docs "TwiML for Voice". */
  Form params() {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("CallSid", sid);
    params.put("AccountSid", accountSid);
    params.put("From", from);
    params.put("To", to);
    params.put("CallStatus", "ringing");
    params.put("ApiVersion", "2010-04-01");
    params.put("Direction", "inbound");
    return Form.of(params);
  }
}
