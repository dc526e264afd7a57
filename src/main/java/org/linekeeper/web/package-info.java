/**
 * The page, the REST API, health and metrics: shows what the failover room knows and brings
 * people's commands to its desk. Decides nothing; knows failover, journal and settings, and nobody
 * knows it but the service that starts it.
 */
@NullMarked
package org.linekeeper.web;

import org.jspecify.annotations.NullMarked;
