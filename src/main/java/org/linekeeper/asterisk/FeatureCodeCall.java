package org.linekeeper.asterisk;

import org.linekeeper.estate.PbxId;
import org.linekeeper.secret.Secret;

/**
 * What does somebody at a desk phone want?
 *
 * @param pbx the PBX that the phone belongs to
 * @param channel the call, by which it is answered
 * @param caller the phone's number as the PBX says
 * @param staff the staff code that was keyed in
 * @param pin the PIN that was keyed in
 * @param text the command, such as {@code DIVERT SALES}
 */
public record FeatureCodeCall(
    PbxId pbx, String channel, String caller, String staff, Secret pin, String text) {}
