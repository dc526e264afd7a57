package org.linekeeper.web;

import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.Decision;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.verdict.Verdict;

final class ShowPage {
  public static void main(String[] args) throws Exception {
    Scene scene = Scene.calm();
    switch (args[0]) {
      case "calm" -> {}
      case "sales" -> scene.salesOnMobiles();
      case "failover" -> {
        scene
            .failedOver()
            .salesOnMobiles()
            .drift(
                Offices.RECEPTION,
                "somebody else has changed it at the carrier since Linekeeper moved it");
        scene.notices.add(
            Notice.waiting(
                "An edit of numbers.yml re-routes 12 numbers, more than 5, and waits for a confirmation."));
      }
      default -> {
        scene
            .sees(
                Offices.PRIMARY,
                Verdict.Kind.HUNG,
                "AMI and SIP silent for 0.9 s, its host answers")
            .sees(
                Offices.STANDBY,
                Verdict.Kind.HOST_UNREACHABLE,
                "AMI, SIP and host silent for 40 s");
        scene.decides(
            new Decision(
                Decision.Kind.BEGIN_EMERGENCY,
                Decision.Permission.ASK,
                "no PBX can serve; the carrier has not noticed anything, so somebody must say so",
                Optional.empty()));
      }
    }
    scene.with(
        new WebSettings(
            "127.0.0.1",
            Integer.parseInt(args[1]),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false));
    WebServer server = WebServer.start(scene.backend());
    System.out.println(server.address());
    System.in.read();
    server.close();
  }
}
