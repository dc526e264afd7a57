package org.linekeeper.asterisk;

/**
 * One leg of a call that is up.
 *
 * @param channel its name, such as {@code PJSIP/trunk-00000007}
 * @param context where in the dialplan it is
 * @param extension the number dialled there
 * @param application what it is doing, such as {@code Dial}
 * @param data with what, such as {@code PJSIP/999@trunk}
 */
public record LiveChannel(
    String channel, String context, String extension, String application, String data) {}
