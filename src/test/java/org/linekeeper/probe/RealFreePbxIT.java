package org.linekeeper.probe;

import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;

/** The same with FreePBX's way of hooking the gate in. */
class RealFreePbxIT extends RealAsteriskIT {
  @Override
  LabPbx install(LabNetwork on) {
    return LabPbx.freepbx(on, "primary", AsteriskRoot.v22());
  }

  @Override
  String context() {
    return "linekeeper-from-pstn";
  }
}
