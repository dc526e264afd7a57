package org.linekeeper.lab;

/** The same stories on the oldest Asterisk that Linekeeper supports. */
class Asterisk16DialplanIT extends DialplanIT {
  @Override
  LabPbx install(LabNetwork network) {
    return LabPbx.plain(network, "primary", AsteriskRoot.v16());
  }
}
