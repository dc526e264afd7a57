package org.linekeeper.estate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What moves around the PBXs of {@link Offices}. */
public final class Movings {
  public static final HostCommand FENCE = command("cut-power");
  public static final HostCommand RELEASE = command("release-address");
  public static final HostCommand TAKE = command("take-address");
  public static final HostCommand TELL = command("tell-reception");

  private Movings() {}

  /** An address that can be moved by hand, one name, and one thing to run. */
  public static Takeover all() {
    return new Takeover(
        Optional.of(address(Optional.of(RELEASE), Optional.of(TAKE))),
        List.of(
            new ServiceName(
                "office.example",
                "sip.office.example",
                ServiceName.Type.A,
                30,
                new TreeMap<>(
                    Map.of(
                        Offices.PRIMARY, List.of("192.0.2.10"),
                        Offices.STANDBY, List.of("192.0.2.11"))))),
        new TreeMap<>(Map.of(Offices.STANDBY, List.of(TELL))));
  }

  /** An address with a fence and nothing else. */
  public static Takeover fencedOnly() {
    return new Takeover(
        Optional.of(address(Optional.empty(), Optional.empty())), List.of(), new TreeMap<>());
  }

  /** An address on whose place several watchers agree, each beside the PBX that it is named for. */
  public static Takeover leased(String besidePrimary, String besideStandby) {
    return leased(besidePrimary, besideStandby, Optional.empty(), false);
  }

  /** The same, and a host keeps it while the watchers cannot agree. */
  public static Takeover kept(
      String besidePrimary, String besideStandby, Optional<HostCommand> fence) {
    return leased(besidePrimary, besideStandby, fence, true);
  }

  private static Takeover leased(
      String besidePrimary, String besideStandby, Optional<HostCommand> fence, boolean keeps) {
    FloatingAddress address =
        new FloatingAddress(
            Offices.STANDBY,
            List.of("192.0.2.100/24"),
            "eth0",
            FloatingAddress.TENURE,
            fence,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(Map.of(Offices.PRIMARY, besidePrimary, Offices.STANDBY, besideStandby)),
            keeps);
    return new Takeover(Optional.of(address), List.of(), new TreeMap<>());
  }

  private static FloatingAddress address(
      Optional<HostCommand> release, Optional<HostCommand> take) {
    return new FloatingAddress(
        Offices.STANDBY,
        List.of("192.0.2.100/24"),
        "eth0",
        FloatingAddress.TENURE,
        Optional.of(FENCE),
        release,
        take,
        new TreeMap<>(),
        false);
  }

  private static HostCommand command(String name) {
    return new HostCommand(name, List.of("/usr/local/sbin/" + name), Duration.ofSeconds(5));
  }
}
