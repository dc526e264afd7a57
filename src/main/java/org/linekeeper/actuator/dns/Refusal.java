package org.linekeeper.actuator.dns;

import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIGRecord;

/** What a name server's refusal means, and what to do about it, in one clause each. */
final class Refusal {
  private Refusal() {}

  /**
   * @param key the key's name
   * @param zone the zone that was asked about
   */
  static String words(Message answer, String server, String key, String zone) {
    TSIGRecord signature = answer.getTSIG();
    int trouble = signature == null ? Rcode.NOERROR : signature.getError();
    return switch (trouble) {
      case Rcode.BADSIG ->
          server
              + " says BADSIG: the secret of key "
              + key
              + " is another one there; copy it anew, with its algorithm";
      case Rcode.BADKEY ->
          server
              + " says BADKEY: it does not know key "
              + key
              + " with this algorithm; write name and algorithm as in its configuration";
      case Rcode.BADTIME ->
          server
              + " says BADTIME: its clock and this machine's are more than 5 min apart; set both"
              + " by NTP";
      default -> plain(answer.getRcode(), server, key, zone);
    };
  }

  private static String plain(int code, String server, String key, String zone) {
    return switch (code) {
      case Rcode.REFUSED ->
          server
              + " says REFUSED: key "
              + key
              + " may not change "
              + zone
              + "; allow it there by update-policy or allow-update";
      case Rcode.NOTAUTH ->
          server
              + " says NOTAUTH: it is not the primary server of "
              + zone
              + ", or does not accept key "
              + key
              + "; name the zone's primary server as server";
      case Rcode.NOTZONE ->
          server + " says NOTZONE: the name is not in " + zone + "; correct zone or name";
      case Rcode.NOTIMP -> server + " says NOTIMP: it takes no updates; name the primary server";
      case Rcode.SERVFAIL ->
          server + " says SERVFAIL: it cannot write or load " + zone + "; see its log";
      default -> server + " says " + Rcode.string(code) + "; see its log";
    };
  }
}
