package org.linekeeper.gameday;

import java.time.Duration;
import java.util.Locale;
import org.linekeeper.gameday.FaultReport.Answer;

/**
 * Everything that the game day can break, how it is mended, and what is to be done about it. All of
 * them befall the primary unless their words say otherwise.
 */
enum Fault {
  KILLED(
      "kill -9 of Asterisk",
      Answer.SWITCH,
      house -> house.primary().kill9(),
      house -> house.primary().start()),
  HUNG(
      "SIGSTOP of Asterisk: nothing moves, its sockets stay open",
      Answer.SWITCH,
      house -> house.primary().sigstop(),
      house -> house.primary().sigcont()),
  SHORT_FREEZE(
      "stands still for 0.7 s, as a virtual machine at a snapshot",
      Answer.NOTHING,
      house -> house.primary().freeze(Duration.ofMillis(700)),
      house -> {}),
  HOST_BLACKHOLED(
      "its host drops every IP packet; the cable is in, ARP is answered",
      Answer.SWITCH,
      house -> house.primary().host().blackhole(),
      house -> house.primary().host().clear()),
  HOST_CUT(
      "its host's cable is pulled",
      Answer.SWITCH,
      house -> house.primary().host().cut(),
      house -> house.primary().host().heal()),
  STOPPED_NOW(
      "core stop now",
      Answer.SWITCH,
      house -> house.primary().coreStopNow(),
      house -> house.primary().start()),
  RESTARTED_NOW(
      "core restart now: it is back within a second or two, and has forgotten its calls",
      Answer.SWITCH,
      house -> house.primary().coreRestartNow(),
      house -> {}),
  STOPPING_GRACEFULLY(
      "core stop gracefully while a call is up: it refuses all others",
      Answer.SWITCH,
      house -> {
        HeldCalls.begin(house, 1);
        house.primary().cliLater("core stop gracefully");
      },
      house -> house.primary().restart()),
  SIP_BLACKHOLED(
      "SIP is dropped, AMI is fine",
      Answer.SWITCH,
      house -> house.primary().host().blockSip(),
      house -> house.primary().host().clear()),
  PJSIP_FROZEN(
      "the thread that reads SIP stands still",
      Answer.SWITCH,
      house -> Threads.holdSipReader(house.primary()),
      Threads::release),
  TASKPROCESSORS_FROZEN(
      "the threads that work on SIP stand still",
      Answer.SWITCH,
      house -> Threads.holdTaskprocessors(house.primary()),
      Threads::release),
  AMI_ACCEPT_FROZEN(
      "the thread that takes new AMI connections stands still; those that are there go on",
      Answer.ALERT,
      Duration.ofSeconds(75),
      house -> Threads.holdAmiListener(house.primary()),
      Threads::release),
  AMI_DROPPED(
      "AMI is dropped, SIP is fine",
      Answer.ALERT,
      house -> house.primary().host().blockAmi(),
      house -> house.primary().host().clear()),
  DESCRIPTORS_EXHAUSTED(
      "no file descriptor is left: every call is refused with a 488, OPTIONS get 200",
      Answer.SWITCH,
      house -> Limits.noMoreDescriptors(house.primary()),
      house -> Limits.plentyOfDescriptors(house.primary())),
  CALL_LIMIT(
      "as many calls as maxcalls allows are up",
      Answer.ALERT,
      house -> HeldCalls.begin(house, Limits.CALLS),
      house -> HeldCalls.end()) {
    @Override
    void prepare(House house) {
      Limits.setMaxCalls(house.primary());
    }
  },
  AUDIO_DROPPED(
      "RTP is dropped: calls are answered and silent",
      Answer.ASK,
      Duration.ofSeconds(60),
      house -> house.primary().host().blockAudio(),
      house -> house.primary().host().clear()),
  WRONG_MEDIA_ADDRESS(
      "it tells everybody to send audio where nobody is, as with a wrong external address",
      Answer.ASK,
      Duration.ofSeconds(60),
      house -> Config.wrongMediaAddress(house.primary()),
      house -> Config.rightMediaAddress(house.primary())),
  DIALPLAN_LOCKED(
      "a LOCK() that every call of the office takes, and the canary with them, is never given back",
      Answer.SWITCH,
      house -> Config.takeLock(house.primary()),
      house -> house.primary().restart()) {
    @Override
    void prepare(House house) {
      Config.lockedDialplan(house.primary());
    }
  },
  EXTENSION_LOCKED(
      "the same LOCK(), and the canary does not take it: only callers meet it",
      Answer.ASK,
      Duration.ofSeconds(60),
      house -> Config.takeLock(house.primary()),
      house -> house.primary().restart()) {
    @Override
    void prepare(House house) {
      Config.lockedOffice(house.primary());
    }
  },
  DIALPLAN_BROKEN(
      "a reload with a mistake in it: the context for the carrier's calls is gone",
      Answer.SWITCH,
      house -> Config.breakDialplan(house.primary()),
      house -> Config.restore(house.primary(), "extensions.conf", "dialplan reload")),
  REGISTRATION_LOST(
      "the provider refuses its registration; calls come by that registration alone",
      Answer.SWITCH,
      Duration.ofSeconds(30),
      house -> Provider.refuse(house.primary()),
      house -> Provider.refuseNobody(house.primary())) {
    @Override
    void prepare(House house) {
      Provider.open(house);
    }

    @Override
    void awaitReady(House house, Watching watching) {
      Provider.awaitPrimaryAlone(house, watching);
    }

    @Override
    Calls callers(House house) {
      return Calls.begin(Provider.it(), House.CALL_EVERY);
    }
  },
  CERTIFICATE_RUN_OUT(
      "the certificate that it shows on the trunk's TLS has run out",
      Answer.ALERT,
      house -> Certificates.runOut(house.primary()),
      house -> Certificates.renew(house.primary())) {
    @Override
    void prepare(House house) throws Exception {
      Certificates.trunkOverTls(house);
    }
  },
  SRTP_MISMATCH(
      "it encrypts audio towards the other PBX, which does not",
      Answer.ALERT,
      Duration.ofSeconds(45),
      house -> house.primary().encryptPeer(),
      house -> house.primary().plainPeer()),
  ASTDB_LOCKED(
      "another process holds its AstDB and does not let go: nothing can be written",
      Answer.ALERT,
      Duration.ofSeconds(90),
      house -> Disk.lockAstDb(house.primary()),
      house -> Disk.unlockAstDb()),
  DISK_FULL(
      "the disk that AstDB is on is full",
      Answer.ALERT,
      Duration.ofSeconds(90),
      house -> Disk.fill(house.primary()),
      house -> Disk.empty(house.primary())) {
    @Override
    void prepare(House house) {
      Disk.makeSmall(house.primary());
    }
  },
  WATCHER_BANNED(
      "fail2ban drops what the watcher sends; everybody else is served",
      Answer.ALERT,
      house -> house.primary().host().ban(house.network().watcherAddress()),
      house -> house.primary().host().clear()),
  WATCHER_REJECTED(
      "fail2ban turns the watcher away; everybody else is served",
      Answer.ALERT,
      house -> house.primary().host().banWithRejection(house.network().watcherAddress()),
      house -> house.primary().host().clear()),
  WATCHER_CUT(
      "the watcher's own cable is pulled",
      Answer.ALERT,
      house -> house.watcher().cut(),
      house -> house.watcher().heal()),
  OFFICE_BROADBAND_LOST(
      "the carrier reaches neither PBX; the watcher has a line of its own, and all is well inside",
      Answer.ASK,
      Duration.ofSeconds(60),
      house ->
          house
              .carrier()
              .loseSightOf(house.primary().host().address(), house.standby().host().address()),
      house -> house.carrier().clear()),
  OFFICE_AND_WATCHER_WITHOUT_BROADBAND(
      "the carrier reaches neither PBX, nor the watcher the carrier",
      Answer.ALERT,
      Duration.ofSeconds(60),
      house ->
          house
              .carrier()
              .loseSightOf(
                  house.primary().host().address(),
                  house.standby().host().address(),
                  house.network().watcherAddress()),
      house -> house.carrier().clear()),
  OFFICE_DARK(
      "the whole office is without power: neither PBX's host is there any more",
      Answer.MOBILES,
      Duration.ofSeconds(60),
      house -> {
        house.primary().host().cut();
        house.standby().host().cut();
      },
      house -> {
        house.primary().host().heal();
        house.standby().host().heal();
      }),
  STANDBY_KILLED(
      "kill -9 of the standby's Asterisk while the primary serves",
      Answer.ALERT,
      house -> house.standby().kill9(),
      house -> house.standby().start()),
  NAME_GONE(
      "the PBX's name is no longer in the DNS; its address is as it was",
      Answer.ALERT,
      Duration.ofSeconds(100),
      Config::forgetName,
      Config::rememberName) {
    @Override
    void prepare(House house) throws Exception {
      Config.callPrimaryByName(house);
    }

    @Override
    Watching watch(House house) {
      return Watching.start(house, house.watcher(), Config.withNames(house), Watching.CLOSELY);
    }
  };

  private final String about;
  private final Answer wanted;
  private final Duration given;
  private final Blow strike;
  private final Blow mend;

  Fault(String about, Answer wanted, Blow strike, Blow mend) {
    this(about, wanted, Duration.ofSeconds(15), strike, mend);
  }

  Fault(String about, Answer wanted, Duration given, Blow strike, Blow mend) {
    this.about = about;
    this.wanted = wanted;
    this.given = given;
    this.strike = strike;
    this.mend = mend;
  }

  /** The fault of that title. */
  static Fault named(String title) {
    for (Fault fault : values()) {
      if (fault.title().equals(title)) {
        return fault;
      }
    }
    throw new IllegalArgumentException("no fault is called " + title + "; -Dfault=list lists them");
  }

  /** As it is written on the command line, such as {@code host-cut}. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens, for people. */
  String about() {
    return about;
  }

  /** What Linekeeper is to do about it. */
  Answer wanted() {
    return wanted;
  }

  /** For how long at the most it is watched. */
  Duration given() {
    return given;
  }

  /** What has to be so before Linekeeper is started. */
  void prepare(House house) throws Exception {}

  /** Waits for what has to be so, once Linekeeper is calm, before the fault. */
  void awaitReady(House house, Watching watching) {}

  /** Those who call from outside. */
  Calls callers(House house) {
    return Calls.begin(house.office().carrier(), House.CALL_EVERY);
  }

  /** Starts Linekeeper. */
  Watching watch(House house) {
    return Watching.start(house);
  }

  void strike(House house) throws Exception {
    strike.at(house);
  }

  void mend(House house) throws Exception {
    mend.at(house);
  }
}
