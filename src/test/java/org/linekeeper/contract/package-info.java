/**
 * The carrier's own API description as the judge of what Linekeeper sends and what the simulated
 * carrier answers.
 */
package org.linekeeper.contract;
