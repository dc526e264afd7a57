/**
 * Health for watchdogs and metrics for Prometheus; reads what the page reads. Talks to
 * org.linekeeper.web only.
 */
@NullMarked
package org.linekeeper.web.meters;

import org.jspecify.annotations.NullMarked;
