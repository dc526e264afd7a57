package org.linekeeper.carrier.twilio;

import java.time.Duration;
import org.linekeeper.time.Ticker;

/** What all calls to one account share. */
record Line(Wire wire, Limiter limiter, Health health, Ticker ticker, Duration requestTimeout) {}
