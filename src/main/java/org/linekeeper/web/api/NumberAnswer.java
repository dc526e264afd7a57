package org.linekeeper.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.Overview;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.web.OfficeWords;

/**
 * One number in the answer to {@code GET /api/numbers}.
 *
 * @param number E.164
 * @param phone as people in the office's country dial it
 * @param rings the mobiles, E.164; empty: it rings at the office
 * @param people whose mobiles these are
 * @param drift what somebody else made of it at the carrier
 */
record NumberAnswer(
    String number,
    String phone,
    String name,
    String site,
    List<String> groups,
    boolean movable,
    boolean atOffice,
    List<String> rings,
    List<String> people,
    String why,
    Optional<Instant> until,
    Optional<String> drift) {
  static NumberAnswer of(Overview seen, WantedRoute route, Instant now) {
    OfficeWords words = new OfficeWords(seen.state(), now);
    return new NumberAnswer(
        route.number().number().e164(),
        words.phone(route.number().number()),
        route.number().name(),
        route.number().site().name(),
        route.number().groups().stream().map(GroupId::name).sorted().toList(),
        route.number().movable(),
        route.atOffice(),
        route.rings().stream().map(PhoneNumber::e164).toList(),
        route.rings().stream().map(words::person).toList(),
        route.why(),
        route.until(),
        Optional.ofNullable(seen.drifts().get(route.number().number())));
  }
}
