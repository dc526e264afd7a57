/**
 * Puts one running Linekeeper together from its settings: journal, links to the PBXs, probes,
 * carrier, control loop and doors. Decides nothing itself.
 */
@NullMarked
package org.linekeeper.service;

import org.jspecify.annotations.NullMarked;
