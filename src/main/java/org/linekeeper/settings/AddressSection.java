package org.linekeeper.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;

/** {@code floating-address:} under {@code failover:}. */
final class AddressSection {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MOST = 8;

  private AddressSection() {}

  /**
   * @param besides by PBX, the watcher on its host; empty for a watcher that is alone
   * @param alone whether it is
   */
  static Optional<FloatingAddress> read(
      Section section,
      CommandsSection commands,
      List<Pbx> pbxs,
      SortedMap<PbxId, String> besides,
      boolean alone) {
    if (section.present() && besides.isEmpty() && !alone) {
      section.wrong(
          "\"floating-address\" needs a watcher on the host of each PBX: whichever watcher leads"
              + " would take it on its own host",
          "write beside: PBX at two of the three watchers, one for each PBX");
    }
    List<String> addresses =
        section
            .required("addresses", "[192.0.2.100/24]")
            .map(AddressSection::addresses)
            .orElse(List.of());
    Optional<String> device =
        section
            .required("device", "the network interface on the standby's host, such as eth0")
            .flatMap(v -> v.matching("[A-Za-z0-9_.:-]{1,15}", "write as \"ip link\" shows it"));
    Duration tenure =
        section
            .optional("tenure")
            .flatMap(v -> v.duration(SECOND, SECOND.multipliedBy(60)).flatMap(t -> whole(v, t)))
            .orElse(FloatingAddress.TENURE);
    Optional<HostCommand> fence = fence(section, besides).flatMap(commands::named);
    Optional<Value> releaseValue = section.optional("release");
    Optional<HostCommand> release = releaseValue.flatMap(commands::named);
    Optional<Value> takeValue = section.optional("take");
    Optional<HostCommand> take = takeValue.flatMap(commands::named);
    boolean keeps = keeps(section, besides);
    Optional<PbxId> borrower = borrower(section, section.optional("beside"), pbxs);
    section.close();
    if (releaseValue.isPresent() != takeValue.isPresent()) {
      section.wrong(
          "\"floating-address\" has only one of \"release\" and \"take\"",
          "write both, so that it can be moved to and fro, or neither");
    }
    oneNetwork(section, pbxs);
    boolean known = fence.isPresent() || !besides.isEmpty();
    return section.present() && device.isPresent() && known && borrower.isPresent()
        ? Optional.of(
            new FloatingAddress(
                borrower.get(),
                addresses,
                device.get(),
                tenure,
                fence,
                release,
                take,
                besides,
                keeps))
        : Optional.empty();
  }

  /** One watcher cannot know whether a host that it does not hear has let go. */
  private static Optional<Value> fence(Section section, SortedMap<PbxId, String> besides) {
    Optional<Value> fence = section.optional("fence");
    if (section.present() && fence.isEmpty() && besides.isEmpty()) {
      section.wrong(
          "\"floating-address\" has no \"fence\": one watcher cannot know whether a primary that it"
              + " does not hear has let go of the address, and two hosts that have it answer nobody"
              + " reliably",
          "add fence: NAME, a command that switches the primary's host or its network port off and"
              + " succeeds only if that is done");
    }
    return fence;
  }

  /** What becomes of the address while the watchers cannot agree. */
  private enum WithoutMajority {
    RELEASE,
    KEEP
  }

  private static boolean keeps(Section section, SortedMap<PbxId, String> besides) {
    Optional<Value> value = section.optional("without-majority");
    Optional<WithoutMajority> choice = value.flatMap(v -> v.choice(WithoutMajority.class));
    boolean keep = choice.equals(Optional.of(WithoutMajority.KEEP));
    if (keep && besides.isEmpty()) {
      section.wrong(
          "\"floating-address\" has without-majority: keep, and one watcher alone has no majority to"
              + " lose",
          "remove it, or write three watchers under watchers:, two of them with beside: PBX");
    }
    return keep && !besides.isEmpty();
  }

  private static List<String> addresses(Value list) {
    List<String> addresses =
        list.list().stream()
            .map(
                v ->
                    v.text()
                        .flatMap(
                            text ->
                                IpText.withPrefix(text)
                                    ? Optional.of(text)
                                    : v.<String>refused(
                                        text,
                                        "write address and length of prefix, such as"
                                            + " 192.0.2.100/24 or 2001:db8::100/64")))
            .flatMap(Optional::stream)
            .toList();
    if (list.list().isEmpty() || addresses.size() > MOST) {
      list.wrong(
          list.label() + " names " + addresses.size() + " addresses", "name from 1 to " + MOST);
    }
    return addresses;
  }

  private static Optional<Duration> whole(Value value, Duration tenure) {
    return tenure.toMillis() % 1000 == 0
        ? Optional.of(tenure)
        : value.refused(
            Durations.show(tenure), "write whole seconds: the kernel counts in nothing smaller");
  }

  private static Optional<PbxId> borrower(Section section, Optional<Value> beside, List<Pbx> pbxs) {
    List<PbxId> standbys =
        pbxs.stream().filter(p -> p.role() == Pbx.Role.STANDBY).map(Pbx::id).toList();
    if (beside.isPresent()) {
      Value value = beside.get();
      return value
          .text()
          .flatMap(
              name ->
                  standbys.stream()
                      .filter(id -> id.name().equals(name))
                      .findFirst()
                      .or(() -> value.refused(name, "name a PBX with role: standby")));
    }
    if (section.present() && standbys.size() > 1) {
      section.wrong(
          "\"floating-address\" does not say which standby's host this watcher stands on",
          "add beside: NAME");
    }
    return standbys.stream().findFirst();
  }

  private static void oneNetwork(Section section, List<Pbx> pbxs) {
    if (section.present() && pbxs.stream().map(Pbx::site).distinct().count() > 1) {
      section.wrong(
          "\"floating-address\" is for PBXs in one network, and these stand at several sites",
          "between sites let the carrier (origination-url) or the DNS (dns) move the service");
    }
  }
}
