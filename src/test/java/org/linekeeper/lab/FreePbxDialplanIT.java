package org.linekeeper.lab;

/** The same stories with the FreePBX variant, hooked in by the trunk's Context setting. */
class FreePbxDialplanIT extends DialplanIT {
  @Override
  LabPbx install(LabNetwork network) {
    return LabPbx.freepbx(network, "primary", AsteriskRoot.v22());
  }

  @Override
  String carrierContext() {
    return "linekeeper-from-pstn";
  }
}
