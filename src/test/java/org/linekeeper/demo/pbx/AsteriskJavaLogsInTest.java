package org.linekeeper.demo.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionFactory;
import org.asteriskjava.manager.action.DbGetAction;
import org.asteriskjava.manager.action.DbPutAction;
import org.asteriskjava.manager.action.GetVarAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.event.DbGetResponseEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.ShutdownEvent;
import org.asteriskjava.manager.response.PingResponse;
import org.junit.jupiter.api.Test;

/** The library that Linekeeper uses for real Asterisks takes a simulated one for real. */
class AsteriskJavaLogsInTest extends PbxFixture {
  private ManagerConnection connection(String secret) {
    return new ManagerConnectionFactory(
            pbx.amiAddress().getHostString(), pbx.amiAddress().getPort(), "linekeeper", secret)
        .createManagerConnection();
  }

  @Test
  void itLogsInAndDoesAllThatLinekeeperNeeds() throws Exception {
    ManagerConnection connection = connection("s3cret");
    BlockingQueue<ManagerEvent> events = new LinkedBlockingQueue<>();
    connection.registerUserEventClass(LinekeeperCanaryEvent.class);
    connection.addEventListener(events::add);
    connection.login();
    try {
      assertThat(connection.getVersion()).isEqualTo(AsteriskVersion.ASTERISK_22);
      PingResponse pong = (PingResponse) connection.sendAction(new PingAction(), 5_000);
      assertThat(pong.getPing()).isEqualTo("Pong");
      assertThat(pong.getTimestamp()).startsWith(HALF_PAST_THREE.getEpochSecond() + ".");
      SetVarAction close = new SetVarAction("LK_CLOSED_UNTIL", "" + (now.getEpochSecond() + 30));
      assertThat(connection.sendAction(close, 5_000).getResponse()).isEqualTo("Success");
      assertThat(
              connection
                  .sendAction(new GetVarAction("LK_CLOSED_UNTIL"), 5_000)
                  .getAttribute("Value"))
          .isEqualTo("" + (now.getEpochSecond() + 30));
      connection.sendAction(new DbPutAction("f", "k", "v"), 5_000);
      var found = connection.sendEventGeneratingAction(new DbGetAction("f", "k"), 5_000);
      assertThat(found.getEvents())
          .filteredOn(e -> e instanceof DbGetResponseEvent d && d.getVal().equals("v"))
          .hasSize(1);
      connection.sendAction(canary(), 5_000);
      LinekeeperCanaryEvent sung = next(events, LinekeeperCanaryEvent.class);
      assertThat(sung.getNonce()).isEqualTo("n-1");
      assertThat(sung.getGate()).isEqualTo("closed");
      assertThat(next(events, OriginateResponseEvent.class).getResponse()).isEqualTo("Failure");
      pbx.shutDownNow();
      assertThat(next(events, ShutdownEvent.class).getShutdown()).isEqualTo("Cleanly");
    } finally {
      connection.logoff();
    }
  }

  private static OriginateAction canary() {
    OriginateAction action = new OriginateAction();
    action.setChannel("Local/lk-canary@from-carrier/n");
    action.setApplication("Wait");
    action.setData("1");
    action.setVariable("LK_NONCE", "n-1");
    action.setAsync(true);
    return action;
  }

  private static <T extends ManagerEvent> T next(BlockingQueue<ManagerEvent> from, Class<T> type)
      throws InterruptedException {
    while (true) {
      ManagerEvent event = from.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("waiting for " + type.getSimpleName()).isNotNull();
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  @Test
  void itIsToldOfAWrongSecret() {
    assertThatThrownBy(() -> connection("wrong").login())
        .isInstanceOf(AuthenticationFailedException.class);
  }
}
