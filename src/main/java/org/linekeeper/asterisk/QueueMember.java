package org.linekeeper.asterisk;

/**
 * Somebody who has logged in to a queue by dialling, and is in no file.
 *
 * @param queue as in queues.conf
 * @param dials what is dialled, such as {@code PJSIP/desk}
 * @param name for people
 * @param watches the device whose state counts
 * @param penalty rank; lower is asked first
 * @param paused whether they take no calls now
 * @param reason of the pause; empty text if none was given
 */
public record QueueMember(
    String queue,
    String dials,
    String name,
    String watches,
    int penalty,
    boolean paused,
    String reason) {}
