package org.linekeeper.lab;

import org.junit.jupiter.api.Tag;

/** The same stories where the primary is the oldest Asterisk that Linekeeper supports. */
@Tag("long")
class EchoCall16PrimaryIT extends EchoCallIT {
  @Override
  AsteriskRoot primaryRoot() {
    return AsteriskRoot.v16();
  }
}
