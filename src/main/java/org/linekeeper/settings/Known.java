package org.linekeeper.settings;

import java.util.Set;

/**
 * Names that may be referred to.
 *
 * @param complete false if the file that holds them could not be read: then nothing is said to be
 *     missing, since that would only hide the real problem
 */
record Known(Set<String> names, boolean complete) {
  boolean has(String name) {
    return !complete || names.contains(name);
  }
}
