package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.linekeeper.estate.PbxId;
import org.linekeeper.lab.Await;
import org.linekeeper.verdict.Profile;

/** What a PBX keeps in its database is read as it stands there. */
@Timeout(60)
class AstDbTest extends LinkFixture {
  private static final AstDb.Listener NOBODY =
      new AstDb.Listener() {
        @Override
        public void changed(PbxId pbx) {
          // nothing is followed here
        }

        @Override
        public void up(PbxId pbx) {
          // nor here
        }
      };

  @Test
  void noneAndUnknownAreValuesLikeOthers() throws Exception {
    try (RawPeer peer =
            new RawPeer(
                socket -> {
                  RawPeer.login(socket);
                  while (true) {
                    String id = "ActionID: " + RawPeer.actionId(socket);
                    RawPeer.say(socket, "Response: Success", id, "EventList: start", "");
                    row(socket, id, "100", "none");
                    row(socket, id, "101", "unknown");
                    row(socket, id, "102", "07700900102");
                    RawPeer.say(socket, "Event: DBGetTreeComplete", id, "EventList: Complete", "");
                  }
                });
        AstDb database =
            new AstDb(access(peer.address(), "s3cret"), Profile.lan(), workers, NOBODY)) {
      database.start();
      Await.until("login", Duration.ofSeconds(5), database::isUp);

      AmiAnswer<Map<String, String>> rows = get(database.rows("CF", Duration.ofSeconds(2)));

      assertThat(rows.value())
          .contains(Map.of("100", "none", "101", "unknown", "102", "07700900102"));
    }
  }

  private static void row(Socket socket, String id, String key, String value) throws IOException {
    RawPeer.say(socket, "Event: DBGetTreeResponse", "Key: /CF/" + key, "Val: " + value, id, "");
  }
}
