package org.linekeeper.command;

import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Plan;

/**
 * A person wants another PBX to serve; whether it can is for the failover room to say.
 *
 * @param kind {@link Plan.Kind#SWITCHOVER} or {@link Plan.Kind#FAILBACK}
 * @param to the PBX that is to serve
 * @param by who asked
 */
public record RoleChange(Plan.Kind kind, PbxId to, Actor by) {}
