package org.linekeeper.lab;

import org.junit.jupiter.api.Tag;

/** The same stories where the standby is the oldest Asterisk that Linekeeper supports. */
@Tag("long")
class EchoCall16StandbyIT extends EchoCallIT {
  @Override
  AsteriskRoot standbyRoot() {
    return AsteriskRoot.v16();
  }
}
