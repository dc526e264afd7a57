package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Verdict;

/** What watchdogs and Prometheus are told. */
class HealthAndMetersTest {
  @Test
  void aDeadPbxIsLinekeepersJobAndNotItsIllness() {
    Scene scene = Scene.calm().failedOver().withoutCarrier();
    try (WebServer server = WebServer.start(scene.backend())) {
      HttpResponse<String> health = new Site(server).get("/actuator/health");

      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(Site.json(health).path("status").asString()).isEqualTo("DEGRADED");
      assertThat(health.body()).contains("process gone", "numbers cannot be moved");
    }
  }

  @Test
  void aJournalThatCannotRecordIsDownButNoReasonToRestart() {
    Scene scene = Scene.calm();
    scene.journal.refuse(true);
    try (WebServer server = WebServer.start(scene.backend())) {
      Site site = new Site(server);
      assertThat(site.get("/actuator/health").statusCode()).isEqualTo(503);
      assertThat(site.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aLoopThatStandsStillIsAReasonToRestart() {
    try (WebServer server = WebServer.start(Scene.calm().stuck().backend())) {
      assertThat(new Site(server).get("/actuator/health/liveness").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void prometheusSeesWhetherPhonesWouldRingThroughTheStandby() {
    Scene scene = Scene.calm();
    Mirrored contacts =
        new Mirrored(
            "contacts",
            Offices.PRIMARY,
            Offices.STANDBY,
            40,
            2,
            Optional.of(Duration.ofMinutes(60).minusSeconds(7)),
            3);
    Mirrored queues =
        new Mirrored("queues", Offices.PRIMARY, Offices.STANDBY, 0, 0, Optional.empty(), 1);
    try (WebServer server =
        WebServer.start(scene.backend().withMirrored(() -> List.of(contacts, queues)))) {
      String tags = "{from=\"primary\",to=\"standby\",what=\"contacts\"} ";
      assertThat(metrics(new Site(server)))
          .contains("linekeeper_mirrors 2.0")
          .contains("linekeeper_mirror_rows" + tags + "40.0")
          .contains("linekeeper_mirror_skipped" + tags + "2.0")
          .contains("linekeeper_mirror_age_seconds" + tags + "7.0")
          .contains("linekeeper_mirror_failures" + tags + "3.0")
          .contains("{from=\"primary\",to=\"standby\",what=\"queues\"} NaN");
    }
  }

  @Test
  void prometheusSeesAFailover() {
    Scene scene = Scene.calm().salesOnMobiles();
    Backend backend =
        scene
            .backend()
            .withSeen(
                () ->
                    List.of(
                        new Observation(
                            Offices.PRIMARY,
                            Observation.Probe.AMI_PING,
                            Observation.Seen.ANSWERED,
                            Duration.ofMinutes(60).minusSeconds(2),
                            Duration.ofMillis(1),
                            "Pong")));
    try (WebServer server = WebServer.start(backend)) {
      Site site = new Site(server);
      assertThat(metrics(site))
          .contains("linekeeper_pbx_active{pbx=\"primary\"} 1.0")
          .contains("linekeeper_failovers_total 0.0")
          .contains("linekeeper_numbers_diverted 1.0")
          .contains("linekeeper_probe_age_seconds{pbx=\"primary\",probe=\"ami_ping\"} 2.0");

      scene.failedOver();
      scene.sees(Offices.PRIMARY, Verdict.Kind.HUNG, "silent").withoutCarrier();
      site.command("STATUS");

      assertThat(metrics(site))
          .contains("linekeeper_pbx_active{pbx=\"standby\"} 1.0")
          .contains("linekeeper_pbx_active{pbx=\"primary\"} 0.0")
          .contains("linekeeper_pbx_serves{pbx=\"primary\"} 0.0")
          .contains("linekeeper_pbx_verdict{pbx=\"primary\",verdict=\"hung\"} 1.0")
          .contains("linekeeper_carrier_reachable 0.0")
          .contains("linekeeper_failovers_total 1.0")
          .contains("linekeeper_commands_total{accepted=\"true\"} 1.0")
          .contains("linekeeper_decision{kind=\"rest\"} 1.0")
          .contains("linekeeper_mode{mode=\"automatic\"} 1.0");
    }
  }

  private static String metrics(Site site) {
    site.get("/actuator/prometheus");
    return site.get("/actuator/prometheus").body();
  }
}
