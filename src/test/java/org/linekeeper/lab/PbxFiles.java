package org.linekeeper.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes an Asterisk's /etc/asterisk: the shipped dialplans as they are, the lab's own around them.
 */
public final class PbxFiles {
  static final String SECRET = "lab-secret-of-linekeeper";
  private static final Path SHIPPED = Path.of("dialplans");

  private PbxFiles() {}

  /** Fills {@code etc} for plain Asterisk: dialplans/plain with the lab's office.conf. */
  static void plain(Path etc, LabNetwork network, LabHost host, AsteriskRoot root) {
    common(etc, network, host, root);
    write(etc, "extensions.conf", shipped("plain/extensions.conf"));
    write(etc, "office.conf", resource("etc/office.conf"));
  }

  /** As {@link #plain}, with a registration named {@code provider} at the lab's provider. */
  static void registering(Path etc, LabNetwork network, LabHost host, AsteriskRoot root) {
    plain(etc, network, host, root);
    write(etc, "pjsip.conf", text(etc.resolve("pjsip.conf")) + "\n" + provider(network));
  }

  /** What pjsip.conf says of a registration named {@code provider} at the lab's provider. */
  static String provider(LabNetwork network) {
    return filled(
        resource("etc/pjsip-provider.conf"),
        Map.of("@PROVIDER@", hostPort(LabProvider.address(network))));
  }

  /**
   * As {@link #plain}, with eight desks that register, and a queue.
   *
   * @param at the address at which they do
   */
  static void desks(Path etc, LabNetwork network, LabHost host, AsteriskRoot root, String at) {
    plain(etc, network, host, root);
    StringBuilder pjsip = new StringBuilder(text(etc.resolve("pjsip.conf")));
    String transports = "desk-%s";
    for (String protocol : List.of("udp", "tcp")) {
      pjsip.append(
          """

          [desk-%1$s]
          type = transport
          protocol = %1$s
          bind = %2$s:5062
          """
              .formatted(protocol, at));
    }
    for (int desk = 1; desk <= 8; desk++) {
      pjsip.append(
          """

          [desk%1$d]
          type = endpoint
          context = phones
          disallow = all
          allow = alaw,ulaw
          direct_media = no
          aors = desk%1$d
          transport = %2$s
          rewrite_contact = %3$s

          [desk%1$d]
          type = aor
          max_contacts = 1
          remove_existing = yes
          """
              .formatted(
                  desk,
                  transports.formatted((desk - 1) % 4 < 2 ? "udp" : "tcp"),
                  desk % 2 == 0 ? "yes" : "no"));
    }
    write(etc, "pjsip.conf", pjsip.toString());
    write(
        etc,
        "office.conf",
        text(etc.resolve("office.conf"))
            .replace(
                "[office]\n",
                "[office]\nexten => _44163296021Z,1,Dial(PJSIP/desk${EXTEN:-1},30)\n"));
    write(etc, "queues.conf", "[general]\npersistentmembers = yes\n[sales]\nstrategy = ringall\n");
    write(
        etc,
        "modules.conf",
        text(etc.resolve("modules.conf")) + "\nload = res_musiconhold.so\nload = app_queue.so\n");
    write(etc, "musiconhold.conf", "[general]\n");
  }

  /** Fills {@code etc} as FreePBX would: its own contexts in place of which we have stand-ins. */
  static void freepbx(Path etc, LabNetwork network, LabHost host, AsteriskRoot root) {
    common(etc, network, host, root);
    write(etc, "extensions.conf", resource("etc/freepbx-extensions.conf"));
    write(etc, "pjsip_custom.conf", shipped("freepbx/pjsip_custom.conf"));
    write(etc, "extensions_custom.conf", shipped("freepbx/extensions_custom.conf"));
    write(
        etc,
        "manager_custom.conf",
        shipped("freepbx/manager_custom.conf") + shipped("freepbx/manager_custom_astdb.conf"));
    write(
        etc,
        "manager.conf",
        text(etc.resolve("manager.conf"))
            .replace("#include \"manager-linekeeper-astdb.conf\"\n", "")
            .replace("manager-linekeeper.conf", "manager_custom.conf"));
    write(
        etc,
        "pjsip.conf",
        text(etc.resolve("pjsip.conf"))
            .replace("context = from-carrier", "context = linekeeper-from-pstn")
            .replace("#include \"pjsip-linekeeper-peer.conf\"", "")
            .replace("pjsip-linekeeper.conf", "pjsip_custom.conf")
            .replace("context = phones", "context = from-internal"));
  }

  private static void common(Path etc, LabNetwork network, LabHost host, AsteriskRoot root) {
    Map<String, String> values =
        Map.of(
            "@NAME@", host.name(),
            "@ADDRESS@", host.address(),
            "@WITNESS@", network.witnessAddress(),
            "@CARRIER@", hostPort(network.carrierSip()),
            "@HOST_OF_CARRIER@", network.carrierSip().getHostString(),
            "@PHONE@", hostPort(network.phoneSip()),
            "@HOST_OF_PHONE@", network.phoneSip().getHostString(),
            "@EMERGENCY@", hostPort(network.emergencySip()),
            "@MODULES@", modules(root));
    for (String file :
        List.of(
            "asterisk.conf",
            "indications.conf",
            "logger.conf",
            "manager.conf",
            "modules.conf",
            "pjsip.conf",
            "rtp.conf")) {
      write(etc, file, filled(resource("etc/" + file), values));
    }
    // present and empty: Asterisk complains about files that are missing
    for (String file : List.of("ccss", "cdr", "cel", "features", "pjproject", "udptl")) {
      write(etc, file + ".conf", "[general]\n");
    }
    write(etc, "acl.conf", "");
    write(etc, "linekeeper.conf", shipped("plain/linekeeper.conf"));
    write(etc, "manager-linekeeper.conf", managerUser(network.watcherAddress()));
    write(etc, "manager-linekeeper-astdb.conf", astDbUser(network.watcherAddress()));
    write(etc, "pjsip-linekeeper.conf", shipped("plain/pjsip-linekeeper.conf"));
    write(etc, "pjsip-linekeeper-peer.conf", peer(network.peerOf(host)));
  }

  /** The shipped endpoint of the other PBX with what its comments tell the engineer to set. */
  private static String peer(String other) {
    String shipped = shipped("plain/pjsip-linekeeper-peer.conf");
    String filled =
        shipped
            .replace("password = CHANGE-ME", "password = " + SECRET)
            .replace("contact = sip:192.0.2.11:5060", "contact = sip:" + other + ":5060");
    if (filled.contains("CHANGE-ME") || !filled.contains("contact = sip:" + other)) {
      throw new IllegalStateException("the shipped peer endpoint no longer looks as expected");
    }
    return filled;
  }

  /** The shipped manager user with what its comments tell the engineer to fill in. */
  private static String managerUser(String watcher) {
    String shipped = shipped("plain/manager-linekeeper.conf");
    String filled =
        shipped
            .replace("secret = CHANGE-ME", "secret = " + SECRET)
            .replace("permit = 192.0.2.20/", "permit = " + watcher + "/");
    if (filled.contains("CHANGE-ME") || !filled.contains("permit = " + watcher)) {
      throw new IllegalStateException("the shipped manager user no longer looks as expected");
    }
    return filled;
  }

  private static String astDbUser(String watcher) {
    return shipped("plain/manager-linekeeper-astdb.conf")
        .replace("secret = CHANGE-ME", "secret = " + SECRET)
        .replace("permit = 192.0.2.20/", "permit = " + watcher + "/");
  }

  private static String modules(AsteriskRoot root) {
    // Debian 11 kept them in the second place
    Path directory =
        Stream.of("usr/lib/x86_64-linux-gnu/asterisk/modules", "usr/lib/asterisk/modules")
            .map(root.directory()::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no modules in " + root));
    return resource("modules.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .filter(name -> Files.exists(directory.resolve(name + ".so")))
        .map(name -> "load = " + name + ".so")
        .collect(Collectors.joining("\n"));
  }

  private static String filled(String template, Map<String, String> values) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    return text;
  }

  private static String hostPort(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static String shipped(String file) {
    return text(SHIPPED.resolve(file));
  }

  public static String resource(String name) {
    try (InputStream in = PbxFiles.class.getResourceAsStream("/lab/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no test resource lab/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path directory, String file, String text) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
