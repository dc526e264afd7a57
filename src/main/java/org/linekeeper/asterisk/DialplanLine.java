package org.linekeeper.asterisk;

/**
 * One priority of an extension in a PBX's dialplan.
 *
 * @param context where it stands; may be one that the asked context includes
 * @param extension its pattern
 * @param application such as {@code Gosub}
 * @param data such as {@code linekeeper-gate,s,1}
 */
public record DialplanLine(String context, String extension, String application, String data) {}
