package org.linekeeper.lab;

import java.util.Locale;
import java.util.function.Consumer;

/** What can become of a PBX, and how it comes back from that. */
enum PbxFault {
  KILLED(LabPbx::kill9, LabPbx::start),
  FROZEN(LabPbx::sigstop, LabPbx::sigcont),
  STOPPED_IN_ORDER(LabPbx::coreStopNow, LabPbx::start),
  SIP_LOST(pbx -> pbx.host().blockSip(), pbx -> pbx.host().clear()),
  CUT_OFF(pbx -> pbx.host().cut(), pbx -> pbx.host().heal());

  private final Consumer<LabPbx> strike;
  private final Consumer<LabPbx> mend;

  PbxFault(Consumer<LabPbx> strike, Consumer<LabPbx> mend) {
    this.strike = strike;
    this.mend = mend;
  }

  void strike(LabPbx pbx) {
    strike.accept(pbx);
  }

  /** Started again where it had ended; takes calls again a moment later. */
  void mend(LabPbx pbx) {
    mend.accept(pbx);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
