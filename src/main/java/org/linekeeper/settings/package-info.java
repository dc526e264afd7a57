/**
 * From the files in config/ to the estate: loads, checks everything at once, explains in words what
 * is wrong, and watches for edits. Knows the estate, the profile, the rules of the dialogue and
 * secrets; does no more with them than read them.
 */
@NullMarked
package org.linekeeper.settings;

import org.jspecify.annotations.NullMarked;
