package org.linekeeper.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.Overview;
import org.linekeeper.routing.WantedRoute;

/** One number in the answer to {@code GET /api/numbers}. */
record NumberAnswer(
    String number,
    String name,
    String site,
    List<String> groups,
    boolean movable,
    boolean atOffice,
    List<String> rings,
    String why,
    Optional<Instant> until,
    Optional<String> drift) {
  static NumberAnswer of(Overview seen, WantedRoute route) {
    return new NumberAnswer(
        route.number().number().e164(),
        route.number().name(),
        route.number().site().name(),
        route.number().groups().stream().map(GroupId::name).sorted().toList(),
        route.number().movable(),
        route.atOffice(),
        route.rings().stream().map(PhoneNumber::e164).toList(),
        route.why(),
        route.until(),
        Optional.ofNullable(seen.drifts().get(route.number().number())));
  }
}
