package org.linekeeper.mirror;

import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Epoch;

/**
 * Which way is copied?
 *
 * @param from the PBX that serves
 * @param epoch of that; what was begun in another one is not gone on with
 */
public record Course(PbxId from, Epoch epoch) {}
