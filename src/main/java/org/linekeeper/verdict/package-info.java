/**
 * What is the matter with a PBX, judged from what the probes saw. Pure: knows only the estate; the
 * probes know it, it does not know them.
 */
@NullMarked
package org.linekeeper.verdict;

import org.jspecify.annotations.NullMarked;
