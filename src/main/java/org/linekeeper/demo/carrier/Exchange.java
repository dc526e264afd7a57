package org.linekeeper.demo.carrier;

import java.time.Instant;
import java.util.Optional;

/**
 * A request to the REST API and what came of it.
 *
 * @param number counts up from 1
 * @param at when the request was answered, by the carrier's clock
 * @param answer what was answered, or would have been if the fault had let it
 * @param fault the injected fault, if any
 */
public record Exchange(
    long number, Instant at, Request request, Answer answer, Optional<Fault> fault) {}
