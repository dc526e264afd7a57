/**
 * Decides who serves, and keeps deciding: verdicts and state to a decision with its reason, the
 * decision to a plan, and the control loop that turns. Deciding is pure; the loop knows the ports
 * to journal, actuators and carrier.
 */
@NullMarked
package org.linekeeper.failover;

import org.jspecify.annotations.NullMarked;
