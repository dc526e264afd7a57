package org.linekeeper.gameday;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabPbx;

/**
 * keepalived from Debian on both PBXs' hosts, moving one address by VRRP. The carrier offers calls
 * to that address only. Both Asterisks are bound to it all the time ({@code ip_nonlocal_bind}):
 * bound to every address they would answer from another one.
 */
final class KeepalivedSide implements Tool.Standby {
  /** By this name sipsak asks; an unknown one would get a 401. */
  private static final String SIPSAK =
      "\n[sipsak]\ntype = endpoint\nidentify_by = username\ncontext = nowhere\n"
          + "disallow = all\nallow = alaw\n";

  private final House house;
  private final ServiceAddress service;
  private final List<Process> processes = new ArrayList<>();
  private final Trail trail;

  private KeepalivedSide(House house) {
    this.house = house;
    this.service = new ServiceAddress(house);
    trail = Trail.follow(house, service);
  }

  static KeepalivedSide start(House house, boolean tuned) throws IOException {
    KeepalivedSide side = new KeepalivedSide(house);
    side.service.prepare(SIPSAK);
    for (LabPbx pbx : List.of(house.primary(), house.standby())) {
      pbx.restart();
      side.run(pbx, tuned, pbx == house.primary());
    }
    side.primaryServesAgain();
    return side;
  }

  private void run(LabPbx pbx, boolean tuned, boolean first) throws IOException {
    Path directory = Files.createDirectories(pbx.host().directory().resolve("keepalived"));
    Path check = directory.resolve("check.sh");
    Files.writeString(check, tuned ? options(pbx) : console(pbx));
    Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("gone"), "0\n");
    Path configuration = directory.resolve("keepalived.conf");
    Files.writeString(configuration, configuration(directory, tuned, first));
    processes.add(
        new ProcessBuilder(
                pbx.host()
                    .command(
                        "keepalived",
                        "-n",
                        "-l",
                        "-D",
                        "-P",
                        "-f",
                        configuration.toString(),
                        "-p",
                        directory.resolve("pid").toString(),
                        "-r",
                        directory.resolve("vrrp.pid").toString()))
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(directory.resolve("log").toFile())
            .start());
    if (tuned) {
      processes.add(
          new ProcessBuilder(
                  "python3",
                  "-c",
                  FOLLOW,
                  pbx.host().directory().resolve("run/asterisk/asterisk.pid").toString(),
                  directory.resolve("gone").toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("follow.log").toFile())
              .start());
    }
  }

  /**
   * keepalived's own process tracking hears of processes through a kernel socket that network
   * namespaces do not have, and could not tell the two Asterisks of one machine apart. This does
   * the same: it waits on the process itself, and tells keepalived through a tracked file at once.
   */
  private static final String FOLLOW =
      """
      import os, select, sys, time
      pidfile, gone = sys.argv[1:]
      def say(text):
          with open(gone, 'w') as f: f.write(text)
      while True:
          try:
              fd = os.pidfd_open(int(open(pidfile).read()))
          except (OSError, ValueError):
              time.sleep(0.05)
              continue
          say('0')
          select.select([fd], [], [])
          say('1')
          os.close(fd)
          time.sleep(0.2)
      """;

  private static String console(LabPbx pbx) {
    Path pid = pbx.host().directory().resolve("run/asterisk/asterisk.pid");
    return "#!/bin/sh\nexec nsenter -t $(cat "
        + pid
        + ") --mount --root --wd /usr/sbin/asterisk -rx 'core show uptime' >/dev/null 2>&1\n";
  }

  private static String options(LabPbx pbx) {
    String host = pbx.host().address();
    return "#!/bin/sh\nexec sipsak -H "
        + host
        + " -s sip:"
        + host
        + ":5060 >>$(dirname $0)/sipsak.log 2>&1\n";
  }

  private String configuration(Path directory, boolean tuned, boolean first) {
    String text =
        """
        global_defs {
          vrrp_version @VERSION@
          script_user root
          enable_script_security
          vrrp_garp_master_delay 1
        }
        vrrp_script asterisk {
          script "@DIR@/check.sh"
          interval @INTERVAL@
          fall @FALL@
          rise 1
        }
        track_file gone {
          file "@DIR@/gone"
          weight 0
        }
        vrrp_instance phones {
          state @STATE@
          interface eth0
          virtual_router_id 50
          priority @PRIORITY@
          advert_int @ADVERT@
          virtual_ipaddress {
            @ADDRESS@/24 dev eth0
          }
          track_script {
            asterisk
          }
          @TRACK@
        }
        """;
    return text.replace("@VERSION@", tuned ? "3" : "2")
        .replace("@DIR@", directory.toString())
        .replace("@INTERVAL@", tuned ? "1" : "2")
        .replace("@FALL@", tuned ? "1" : "2")
        .replace("@STATE@", first ? "MASTER" : "BACKUP")
        .replace("@PRIORITY@", first ? "150" : "100")
        .replace("@ADVERT@", tuned ? "0.05" : "1")
        .replace("@ADDRESS@", service.ip())
        .replace("@TRACK@", tuned ? "track_file {\n    gone\n  }" : "");
  }

  @Override
  public void primaryServesAgain() {
    Await.until(
        "the primary has the service address; see " + house.primary().host().directory(),
        Duration.ofSeconds(40),
        service::isThePrimarys);
    // announcements and check results settle
    Await.pause(Duration.ofSeconds(3));
  }

  @Override
  public Optional<Trail> trail() {
    return Optional.of(trail);
  }

  @Override
  public void close() {
    trail.close();
    processes.forEach(Process::destroy);
  }
}
