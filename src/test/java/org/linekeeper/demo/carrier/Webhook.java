package org.linekeeper.demo.carrier;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The office's own web server, which the carrier tells of inbound texts. */
final class Webhook implements AutoCloseable {
  /** What arrived, with the signature it carried. */
  record Hit(Form params, String signature) {}

  private final HttpServer server;
  private final BlockingQueue<Hit> hits = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private volatile String contentType = "text/xml";
  private volatile String body = "<Response/>";

  Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] form = exchange.getRequestBody().readAllBytes();
            hits.add(
                new Hit(
                    Form.parse(new String(form, StandardCharsets.UTF_8)),
                    exchange.getRequestHeaders().getFirst("X-Twilio-Signature")));
            Front.send(exchange, new Answer(status, contentType, body, java.util.Map.of()));
          }
        });
    server.start();
  }

  Webhook answering(int wantedStatus, String wantedType, String wantedBody) {
    status = wantedStatus;
    contentType = wantedType;
    body = wantedBody;
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/sms";
  }

  Hit next() throws InterruptedException {
    Hit hit = hits.poll(5, TimeUnit.SECONDS);
    if (hit == null) {
      throw new AssertionError("the webhook was not called within 5 s");
    }
    return hit;
  }

  int waiting() {
    return hits.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
