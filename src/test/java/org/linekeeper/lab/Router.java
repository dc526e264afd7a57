package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small office's router: masquerades, and lets in only answers from where something was sent to
 * (address and port restricted, RFC 3489's words).
 *
 * @param inside the namespace behind it
 */
record Router(String inside) {
  /** The address of the machine behind it. */
  static final String INSIDE = "10.99.0.2";

  static Router on(LabHost host) {
    String ns = host.namespace();
    String inside = ns.replace("-router", "-behind");
    Shell.run("ip", "netns", "add", inside);
    Shell.run(
        "ip", "-n", ns, "link", "add", "lan0", "type", "veth", "peer", "name", "eth0", "netns",
        inside);
    Shell.run("ip", "-n", ns, "addr", "add", "10.99.0.1/24", "dev", "lan0");
    Shell.run("ip", "-n", ns, "link", "set", "lan0", "up");
    Shell.run("ip", "-n", inside, "addr", "add", INSIDE + "/24", "dev", "eth0");
    Shell.run("ip", "-n", inside, "link", "set", "lo", "up");
    Shell.run("ip", "-n", inside, "link", "set", "eth0", "up");
    Shell.run("ip", "-n", inside, "route", "add", "default", "via", "10.99.0.1");
    Shell.run("ip", "netns", "exec", ns, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    Path rules = host.directory().resolve("nat.nft");
    try {
      Files.writeString(
          rules,
          """
          table ip nat {
            chain post { type nat hook postrouting priority 100; oifname "eth0" masquerade; }
          }
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.run("ip", "netns", "exec", ns, "nft", "-f", rules.toString());
    return new Router(inside);
  }
}
