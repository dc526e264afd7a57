package org.linekeeper.probe;

import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;

/** The same with the oldest Asterisk that Linekeeper supports. */
class RealAsterisk16IT extends RealAsteriskIT {
  @Override
  LabPbx install(LabNetwork on) {
    return LabPbx.plain(on, "primary", AsteriskRoot.v16());
  }

  @Override
  String version() {
    return "16.";
  }
}
