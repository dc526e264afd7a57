package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.FaultDay.Pbx;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * Every fault that is known of, what it is called and what is done: {@code verdict/faults.txt}, for
 * a telephone engineer to review. How each fault looks to the probes was measured on real
 * Asterisks. To write the list anew: {@code mvn test -Dtest=FaultListTest
 * -Dlinekeeper.write-docs=true}.
 */
class FaultListTest {
  private static final Path LIST = Path.of("src/test/resources/verdict/faults.txt");
  private static final Duration SETTLED = Duration.ofSeconds(50);

  private static final String HEAD =
      """
      # Every fault, as a watcher with the shipped lan settings sees it: the verdict on the primary, what Linekeeper
      # does, how long after the fault that stands, and the one sentence that people read. The primary serves, the
      # standby is well, and the carrier is in reach, unless it says otherwise.
      #   switch         calls move to the standby, by itself       ask (switch)    a person confirms that
      #   mobiles        numbers ring on mobiles, by itself         ask (mobiles)   a person confirms that
      #   alert          people are told, calls stay                nothing         it is no fault
      """;

  @Test
  void theListIsWhatJudgeAndDeciderSay() throws IOException {
    StringBuilder list = new StringBuilder(HEAD);
    faults()
        .forEach(
            (name, fault) -> {
              FaultDay day = fault.day();
              list.append("\n## ").append(name).append('\n');
              list.append("verdict:  ").append(day.verdict().words()).append('\n');
              String after = day.after().isEmpty() ? "" : ", after " + day.after();
              list.append("decision: ").append(day.decision()).append(after).append('\n');
              list.append(day.why()).append('\n');
            });
    if (Boolean.getBoolean("linekeeper.write-docs")) {
      Files.createDirectories(LIST.getParent());
      Files.writeString(LIST, list);
    }
    assertThat(Files.readString(LIST)).isEqualTo(list.toString());
  }

  private record Fault(Profile profile, Consumer<FaultDay> strike) {
    FaultDay day() {
      FaultDay day = new FaultDay(profile);
      strike.accept(day);
      return day.last(SETTLED);
    }
  }

  private static Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    process(faults);
    sip(faults);
    calls(faults);
    audio(faults);
    alone(faults);
    watcher(faults);
    outside(faults);
    noFault(faults);
    return faults;
  }

  private static void add(Map<String, Fault> faults, String name, Consumer<FaultDay> strike) {
    faults.put(name, new Fault(Profile.lan(), strike));
  }

  private static final String REFUSED = "the host answers that nobody listens on the AMI port";
  private static final String TAKES = "the AMI port takes connections";
  private static final String NO_HOST = "the host does not answer on the AMI port";

  private static void process(Map<String, Fault> faults) {
    add(faults, "Asterisk is killed (kill -9), or crashes", FaultListTest::killed);
    add(
        faults,
        "Asterisk hangs (SIGSTOP): it takes connections and says nothing",
        day -> day.primary().silent().says(Probe.AMI_CONNECT, Seen.ANSWERED, TAKES));
    add(
        faults,
        "The primary's power supply dies, or its network cable is pulled",
        day -> day.primary().silent().is(Probe.AMI_CONNECT, Seen.SILENT, 300, NO_HOST).loses());
    add(
        faults,
        "core stop now, core restart now",
        day -> {
          day.primary().says(Probe.SHUTDOWN, Seen.TURNED_AWAY, "it is going down (Cleanly)");
          day.last(Duration.ofMillis(1200));
          killed(day);
        });
    add(
        faults,
        "core stop gracefully with a call up",
        day ->
            day.primary()
                .is(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, 1, "503 Service Unavailable")
                .is(Probe.CANARY, Seen.FAILED, 1500, "the test call was queued, but did not run")
                .is(Probe.ECHO, Seen.TURNED_AWAY, 5, "primary answers with 503")
                .says(Probe.SHUTDOWN, Seen.TURNED_AWAY, "it is going down (Cleanly)"));
    add(
        faults,
        "Maintenance mode is switched on (PJSIPSetMaintenance)",
        day ->
            day.primary()
                .is(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, 1, "503 Service Unavailable")
                .is(Probe.ECHO, Seen.TURNED_AWAY, 5, "primary answers with 503"));
    add(
        faults,
        "Both PBXs are killed, the carrier in reach",
        day -> {
          killed(day);
          gone(day.standby());
        });
  }

  private static void killed(FaultDay day) {
    gone(day.primary());
  }

  private static void gone(Pbx pbx) {
    pbx.sipSilent()
        .is(Probe.AMI_CONNECT, Seen.REFUSED, 1, REFUSED)
        .ends("the PBX ended the connection");
  }

  private static void sip(Map<String, Fault> faults) {
    add(
        faults,
        "SIP is lost on the way, AMI is fine (a switch, a firewall)",
        day -> day.primary().sipSilent());
    add(faults, "The pjsip thread is frozen", day -> day.primary().sipSilent());
    add(
        faults,
        "Taskprocessors are frozen (Asterisk 22)",
        day ->
            day.primary()
                .sipSilent()
                .is(Probe.CANARY, Seen.FAILED, 1500, "the test call was queued, but did not run"));
    add(
        faults,
        "The trunk's registration is lost, and Asterisk cannot get it back",
        day -> day.primary().every(Probe.REGISTRATIONS, Seen.FAILED, "provider is rejected"));
  }

  private static void calls(Map<String, Fault> faults) {
    String queued = "the test call was queued, but did not run within 1500 ms";
    add(
        faults,
        "File descriptors are exhausted: OPTIONS gets 200, calls get 488",
        day ->
            day.primary()
                .is(Probe.CANARY, Seen.FAILED, 1500, queued)
                .is(
                    Probe.ECHO,
                    Seen.TURNED_AWAY,
                    20,
                    "primary answers with 488 Not Acceptable Here")
                .is(Probe.AMI_LOGIN, Seen.SILENT, 800, "AMI takes connections but no login"));
    add(
        faults,
        "A dialplan lock is held, and lk-canary takes it as the office's calls do",
        day -> day.primary().is(Probe.CANARY, Seen.FAILED, 1500, queued));
    add(
        faults,
        "A dialplan lock is held that lk-canary does not take: nobody can see it but callers",
        day -> {});
    add(
        faults,
        "The dialplan is gone or broken (a reload with a mistake in it)",
        day -> day.primary().is(Probe.CANARY, Seen.FAILED, 1500, queued));
    add(
        faults,
        "maxcalls is reached",
        day ->
            day.primary()
                .is(Probe.CALL_LIMIT, Seen.FAILED, 2, "30 of 30 calls up")
                .is(Probe.CANARY, Seen.FAILED, 1500, queued)
                .unasked(Probe.ECHO));
  }

  private static void audio(Map<String, Fault> faults) {
    String none = "but no audio came back, and none is known to arrive";
    add(
        faults,
        "RTP is dropped on the primary's side (a firewall, a wrong RTP port range)",
        day -> deadAudio(day, none));
    add(
        faults,
        "RTP is dropped one way only",
        day -> deadAudio(day, "but hears nothing of it; the other direction runs"));
    add(
        faults,
        "RTP is dropped, and the carrier's own test call hears nothing either",
        day -> {
          day.primary().says(Probe.CARRIER_CALL, Seen.ANSWERED, "it was answered and heard");
          deadAudio(day, none);
          day.last(Duration.ofSeconds(30));
          carrierCallsTwice(day, Duration.ofSeconds(65), Seen.FAILED, UNHEARD);
        });
    add(
        faults,
        "The same, where the carrier's test calls have never been heard: they may lead elsewhere",
        day -> {
          deadAudio(day, none);
          day.last(Duration.ofSeconds(30));
          carrierCallsTwice(day, Duration.ofSeconds(65), Seen.FAILED, UNHEARD);
        });
    add(
        faults,
        "RTP is dropped between the PBXs only: the carrier's own test call is heard",
        day -> {
          deadAudio(day, none);
          day.last(Duration.ofSeconds(30));
          day.primary().says(Probe.CARRIER_CALL, Seen.ANSWERED, "it was answered and heard");
        });
    add(
        faults,
        "Wrong external address at the primary: audio runs inside, and not to the carrier",
        day -> {
          carrierCallsTwice(day, Duration.ofMinutes(1), Seen.FAILED, UNHEARD);
        });
    add(
        faults,
        "SRTP mismatch between the PBXs: one encrypts, the other does not",
        day -> {
          String said = "answers a SIP call with 488 Not Acceptable Here";
          day.primary().is(Probe.ECHO, Seen.TURNED_AWAY, 5, "primary " + said);
          day.standby().is(Probe.ECHO, Seen.TURNED_AWAY, 5, "standby " + said);
        });
    add(
        faults,
        "SRTP mismatch with the carrier at the primary",
        day -> {
          String said = "it was refused with 488 Not Acceptable Here";
          carrierCallsTwice(day, Duration.ofMinutes(1), Seen.SILENT, said);
        });
  }

  private static final String UNHEARD = "it was answered, and heard nothing";
  private static final String UNANSWERED = "it was not answered";

  private static void carrierCallsTwice(FaultDay day, Duration apart, Seen seen, String said) {
    day.primary().says(Probe.CARRIER_CALL, seen, said);
    day.last(apart);
    day.primary().says(Probe.CARRIER_CALL, seen, said);
  }

  private static void deadAudio(FaultDay day, String how) {
    day.primary().is(Probe.ECHO, Seen.FAILED, 3300, "primary answers a call from standby, " + how);
    day.standby().is(Probe.ECHO, Seen.FAILED, 3300, "standby answers a call from primary, " + how);
  }

  private static void alone(Map<String, Fault> faults) {
    add(
        faults,
        "AMI's accept thread is frozen: the session goes on, no new login is taken",
        day ->
            day.primary()
                .is(Probe.AMI_LOGIN, Seen.SILENT, 800, "AMI takes connections but no login"));
    add(
        faults,
        "AMI hangs, SIP is fine",
        day -> day.primary().deaf().says(Probe.AMI_CONNECT, Seen.ANSWERED, TAKES));
    add(
        faults,
        "The disk is full, or AstDB cannot be written",
        day -> day.primary().every(Probe.ASTDB, Seen.FAILED, "DBPut failed: Error"));
    add(
        faults,
        "The TLS certificate runs out in three days",
        day ->
            day.primary()
                .says(Probe.TLS_CERT, Seen.FAILED, "runs out on 2026-11-26, in 3 days: renew it"));
    add(
        faults,
        "The TLS certificate has run out",
        day ->
            day.primary()
                .says(
                    Probe.TLS_CERT,
                    Seen.FAILED,
                    "ran out on 2026-11-22; a carrier that calls by TLS refuses it: renew it"));
    add(
        faults,
        "The DNS name of the PBX is gone while Linekeeper runs: its last address is kept",
        day ->
            day.primary()
                .is(
                    Probe.AMI_LOGIN,
                    Seen.SILENT,
                    5,
                    "no connection to AMI: pbx-a.example.org is not in the DNS; correct the name, or"
                        + " give its address"));
    add(
        faults,
        "The DNS name of the SIP host cannot be looked up when Linekeeper starts",
        day ->
            day.primary()
                .is(
                    Probe.SIP_OPTIONS,
                    Seen.NOT_ASKED,
                    1,
                    "pbx-a.example.org is not in the DNS; correct the name, or give its address"));
    add(faults, "The standby dies", day -> gone(day.standby()));
  }

  private static void watcher(Map<String, Fault> faults) {
    add(faults, "fail2ban bans the watcher at the primary (DROP)", day -> unseen(day.primary()));
    add(
        faults,
        "fail2ban bans the watcher at the primary (REJECT)",
        day ->
            day.primary()
                .deaf()
                .bannedFromSip(Seen.REFUSED, "port unreachable")
                .is(Probe.AMI_CONNECT, Seen.REFUSED, 1, REFUSED)
                .loses());
    add(
        faults,
        "A firewall bans the watcher at the primary and resets its sessions",
        day ->
            day.primary()
                .bannedFromSip(Seen.REFUSED, "port unreachable")
                .is(Probe.AMI_CONNECT, Seen.REFUSED, 1, REFUSED)
                .resets());
    add(
        faults,
        "fail2ban bans the watcher from SIP only",
        day -> day.primary().bannedFromSip(Seen.SILENT, "no answer within 500 ms"));
    add(
        faults,
        "The watcher's link to the primary is cut, the standby is in reach",
        day -> unseen(day.primary()));
    add(
        faults,
        "The same, and the carrier cannot deliver calls to the primary either",
        day -> {
          unseen(day.primary());
          day.carrierCannotDeliver(Offices.PRIMARY_ROW);
        });
    add(
        faults,
        "The same, and two of the carrier's own test calls are not answered",
        day -> {
          unseen(day.primary());
          day.last(Duration.ofSeconds(10));
          carrierCallsTwice(day, Duration.ofSeconds(10), Seen.SILENT, UNANSWERED);
        });
    add(
        faults,
        "The watcher is cut off from everything",
        day -> {
          cutOff(day.primary());
          cutOff(day.standby());
          day.carrierUnreachable();
        });
    add(
        faults,
        "Banned at the primary, and then the primary dies",
        day -> {
          unseen(day.primary());
          day.last(Duration.ofSeconds(30));
          day.primary().sipSilent();
        });
  }

  /** Nothing comes back to this watcher; the other PBX is answered. */
  private static void unseen(Pbx pbx) {
    pbx.deaf()
        .bannedFromSip(Seen.SILENT, "no answer within 500 ms")
        .is(Probe.AMI_CONNECT, Seen.SILENT, 300, NO_HOST)
        .loses();
  }

  /** Nothing comes back, and the other one cannot be asked to look. */
  private static void cutOff(Pbx pbx) {
    pbx.silent()
        .is(Probe.PEER_LOOK, Seen.NOT_ASKED, 1, "no AMI session")
        .is(Probe.AMI_CONNECT, Seen.SILENT, 300, NO_HOST)
        .unasked(Probe.ECHO)
        .loses();
  }

  private static void outside(Map<String, Fault> faults) {
    add(
        faults,
        "The office's broadband is lost; the watcher in the office has another way out",
        day -> day.carrierCannotDeliver(Offices.PRIMARY_ROW, Offices.STANDBY_ROW));
    add(
        faults,
        "The same, while a certificate is about to run out and a test call of the carrier's has failed",
        day -> {
          day.primary().says(Probe.TLS_CERT, Seen.FAILED, "runs out on 2026-12-10, in 17 days");
          day.carrierCannotDeliver(Offices.PRIMARY_ROW, Offices.STANDBY_ROW);
          day.primary().says(Probe.CARRIER_CALL, Seen.SILENT, UNANSWERED);
        });
    add(
        faults,
        "The office's broadband is lost; the watcher stands elsewhere",
        day -> {
          cutOff(day.primary());
          cutOff(day.standby());
          day.carrierCannotDeliver(Offices.PRIMARY_ROW, Offices.STANDBY_ROW);
        });
    add(
        faults,
        "The office's broadband is lost; the watcher in the office cannot reach the carrier: the trunk's"
            + " disaster recovery URL is what remains",
        day -> day.carrierUnreachable());
    add(
        faults,
        "The carrier's own test calls fail at both PBXs",
        day -> {
          for (Pbx pbx : new Pbx[] {day.primary(), day.standby()}) {
            pbx.says(Probe.CARRIER_CALL, Seen.SILENT, UNANSWERED);
            pbx.says(Probe.CARRIER_CALL, Seen.SILENT, UNANSWERED);
          }
        });
  }

  private static void noFault(Map<String, Fault> faults) {
    add(
        faults,
        "The primary's virtual machine stands still for 0.7 s",
        day -> frozen(day, Duration.ofMillis(700)));
    faults.put(
        "The primary's virtual machine is snapshotted for 3 s, freeze-tolerance: 4s",
        new Fault(
            Profile.lan().withFreezeTolerance(Duration.ofSeconds(4)),
            day -> frozen(day, Duration.ofSeconds(3))));
    add(
        faults,
        "The watcher's own machine is suspended for a minute",
        day -> day.watcherStandsStill(Duration.ofMinutes(1)));
    add(
        faults,
        "The echo calls are not installed",
        day ->
            day.primary()
                .is(Probe.ECHO, Seen.NOT_ASKED, 5, "standby has no context linekeeper-listen"));
  }

  private static void frozen(FaultDay day, Duration time) {
    day.primary().silent();
    day.last(time);
    day.mend(day.primary());
  }
}
