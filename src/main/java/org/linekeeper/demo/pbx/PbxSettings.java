package org.linekeeper.demo.pbx;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How is this simulated PBX set up?
 *
 * @param name what it is called in its Server header, such as {@code west}
 * @param ami where it listens for AMI; port 0 takes a free one
 * @param sip where it listens for SIP over UDP; port 0 takes a free one
 * @param user the one AMI user
 * @param secret the user's secret, kept out of {@code toString}
 * @param read what events the user may have
 * @param write what the user may do
 * @param context the carrier-inbound context, which has the gate and the canary
 * @param registrations the names of the outbound trunk registrations; empty for none
 * @param phones extensions of the desk phones; calls from these never meet the gate
 * @param maxCalls Asterisk's call limit; 0 for none
 */
public record PbxSettings(
    String name,
    InetSocketAddress ami,
    InetSocketAddress sip,
    String user,
    String secret,
    Set<AmiClass> read,
    Set<AmiClass> write,
    String context,
    List<String> registrations,
    Set<String> phones,
    int maxCalls) {
  /** Asterisk 22's version text, as CoreSettings and the Server header have it. */
  static final String VERSION = "22.10.1";

  /** Copies its collections. */
  public PbxSettings {
    read = Set.copyOf(read);
    write = Set.copyOf(write);
    registrations = List.copyOf(registrations);
    phones = Set.copyOf(phones);
  }

  /**
   * An office's usual PBX on free loopback ports, with the privileges that dialplans/ documents.
   */
  public static PbxSettings onLoopback(String name, String user, String secret) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new PbxSettings(
        name,
        any,
        any,
        user,
        secret,
        EnumSet.of(AmiClass.SYSTEM, AmiClass.CALL, AmiClass.USER),
        EnumSet.of(AmiClass.CALL, AmiClass.REPORTING, AmiClass.ORIGINATE, AmiClass.SYSTEM),
        "from-carrier",
        List.of(),
        Set.of("101", "102", "103"),
        0);
  }

  /** The same on other addresses. */
  public PbxSettings at(InetSocketAddress newAmi, InetSocketAddress newSip) {
    return new PbxSettings(
        name, newAmi, newSip, user, secret, read, write, context, registrations, phones, maxCalls);
  }

  /** The same with these outbound registrations. */
  public PbxSettings registering(List<String> names) {
    return new PbxSettings(
        name, ami, sip, user, secret, read, write, context, names, phones, maxCalls);
  }

  /** The same with other privileges. */
  public PbxSettings allowing(Set<AmiClass> newRead, Set<AmiClass> newWrite) {
    return new PbxSettings(
        name, ami, sip, user, secret, newRead, newWrite, context, registrations, phones, maxCalls);
  }

  /** The same with a call limit. */
  public PbxSettings limitedTo(int calls) {
    return new PbxSettings(
        name, ami, sip, user, secret, read, write, context, registrations, phones, calls);
  }

  @Override
  public String toString() {
    return "PbxSettings[" + name + ", ami=" + ami + ", sip=" + sip + "]";
  }
}
