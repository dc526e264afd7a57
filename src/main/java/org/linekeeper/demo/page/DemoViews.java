package org.linekeeper.demo.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.Mobile;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.demo.page.DemoView.CallLine;
import org.linekeeper.demo.page.DemoView.Calls;
import org.linekeeper.demo.page.DemoView.ClockView;
import org.linekeeper.demo.page.DemoView.Message;
import org.linekeeper.demo.page.DemoView.PbxCard;
import org.linekeeper.demo.page.DemoView.Phone;
import org.linekeeper.demo.pbx.PbxState;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;

/** Makes what the demo's cards show. */
final class DemoViews {
  private static final int TEXTS_SHOWN = 4;

  /** Nobody takes the phone from the ear for less. */
  private static final Duration NOTICED = Duration.ofMillis(300);

  private final DemoOffice office;
  private final CallBoard board;
  private final Threads threads;
  private final Guide guide;

  DemoViews(DemoOffice office, CallBoard board, Threads threads, Guide guide) {
    this.office = office;
    this.board = board;
    this.threads = threads;
    this.guide = guide;
  }

  DemoView view() {
    Estate estate = office.estate();
    guide.look();
    return new DemoView(
        guide.lines(),
        clock(estate),
        office.directory().toString(),
        office.pbxs().both().stream().map(DemoViews::card).toList(),
        calls(estate),
        estate.staff().stream().map(s -> phone(estate, s)).toList(),
        WatcherViews.of(office));
  }

  private ClockView clock(Estate estate) {
    Instant now = office.clock().instant();
    return new ClockView(
        format(estate, now, "EEEE HH:mm"),
        office.hours().open(now),
        office.hours().nextChange(now).map(at -> format(estate, at, "EEEE HH:mm")).orElse(""),
        office.clockMoved());
  }

  private static String format(Estate estate, Instant at, String pattern) {
    ZoneId zone = estate.schedule().zone();
    return DateTimeFormatter.ofPattern(pattern, Locale.UK).format(at.atZone(zone));
  }

  private static PbxCard card(SimulatedPbx pbx) {
    PbxState state = pbx.state();
    boolean running = state == PbxState.RUNNING;
    // A hung or silent one has its gate as well, but nobody can see it.
    String gate = running ? (pbx.gateClosed() ? "turns callers away" : "lets callers in") : "";
    return new PbxCard(pbx.settings().name(), words(state), running, gate);
  }

  private static String words(PbxState state) {
    return switch (state) {
      case STOPPED -> "dead";
      case RUNNING -> "runs";
      case HUNG -> "hung";
      case CUT_OFF -> "cut off";
      case SIP_SILENT -> "SIP lost";
      case SHUTTING_DOWN -> "shutting down";
    };
  }

  private Calls calls(Estate estate) {
    CallBoard.Seen seen = board.seen();
    return new Calls(
        !office.carrier().caller().paused(),
        seen.since(),
        seen.answered(),
        seen.missed(),
        wait(seen.longest()),
        seen.latest().stream().map(call -> line(estate, call)).toList());
  }

  private static CallLine line(Estate estate, CallRecord call) {
    String to = estate.number(new PhoneNumber(call.to())).map(OfficeNumber::name).orElse(call.to());
    return switch (call.answeredBy()) {
      case PBX -> line(estate, call, to, call.via(), "by-pbx");
      case MOBILE -> line(estate, call, to, owner(estate, call.who()), "by-mobile");
      case ANNOUNCEMENT -> line(estate, call, to, "nobody (recording)", "by-nobody");
      case NOBODY -> line(estate, call, to, "nobody", "by-nobody");
    };
  }

  private static CallLine line(Estate estate, CallRecord call, String to, String by, String kind) {
    return new CallLine(format(estate, call.at(), "HH:mm:ss"), to, by, kind, wait(call.took()));
  }

  private static String owner(Estate estate, String mobile) {
    PhoneNumber number = new PhoneNumber(mobile);
    return estate
        .staffWithMobile(number)
        .map(s -> first(s.name()) + "’s mobile")
        .orElseGet(() -> number.display(estate.targets().region()));
  }

  private static String first(String name) {
    return name.split(" ", 2)[0];
  }

  private static String wait(Duration wait) {
    return wait.compareTo(NOTICED) < 0
        ? ""
        : String.format(Locale.ROOT, "%.1f s", wait.toMillis() / 1000.0);
  }

  private Phone phone(Estate estate, StaffMember staff) {
    Mobile mobile = office.carrier().provisioning().mobile(staff.mobile().e164());
    List<Threads.Line> thread = threads.on(mobile, TEXTS_SHOWN);
    return new Phone(
        staff.id().name(),
        staff.name(),
        staff.mobile().display(estate.targets().region()),
        thread.stream()
            .map(t -> new Message(t.mine(), format(estate, t.at(), "HH:mm"), t.body()))
            .toList(),
        Threads.code(thread).orElse(""));
  }
}
