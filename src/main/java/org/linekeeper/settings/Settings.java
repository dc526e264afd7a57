package org.linekeeper.settings;

import org.linekeeper.estate.Estate;

/**
 * Everything the files say, found to be right.
 *
 * @param estate what decides; goes to the journal and holds no secret
 * @param local what only this watcher needs
 * @param hash SHA-256 over the four files, hexadecimal
 */
public record Settings(Estate estate, LocalSettings local, String hash) {}
