package org.linekeeper.settings;

/**
 * A place in a file.
 *
 * @param file as the user named it
 * @param line counted from 1
 */
record Where(String file, int line) {}
