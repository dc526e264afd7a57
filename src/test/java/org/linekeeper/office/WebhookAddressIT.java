package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The carrier signs the address as somebody once typed it there, and a proxy passes it on. */
class WebhookAddressIT {
  @Test
  void aSlashAtTheEndAndAQueryAreSignedToo(@TempDir Path directory) {
    try (OpenOffice open = new OpenOffice(directory, 1, "/twilio/sms/?office=1")) {
      Map<String, String> form = open.form(Office.ALICE, "STATUS");
      HttpResponse<String> answer =
          open.webhook(form, open.signature(form, open.office().account().authToken()));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("<Message>");
      assertThat(open.webhook(form, "forged").statusCode()).isEqualTo(403);
    }
  }
}
