package org.linekeeper.state;

import java.time.Instant;
import org.linekeeper.estate.Estate;

/**
 * The accepted files, as far as they decide anything.
 *
 * @param watcher the watcher that read them
 * @param at when they were accepted
 * @param hash SHA-256 over the files, hexadecimal: watchers compare it
 * @param estate what they say
 */
public record SettingsInForce(String watcher, Instant at, String hash, Estate estate) {}
