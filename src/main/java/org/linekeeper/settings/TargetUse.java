package org.linekeeper.settings;

import org.linekeeper.estate.PhoneNumber;

/** A number that calls may be diverted to, and where it stands, to be checked when all is read. */
record TargetUse(Value at, PhoneNumber number) {}
