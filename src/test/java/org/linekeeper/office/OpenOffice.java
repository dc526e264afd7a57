package org.linekeeper.office;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.linekeeper.web.WebServer;

/** An office with Linekeeper and its page running, whose control number has the webhook set. */
final class OpenOffice implements AutoCloseable {
  static final String WEBHOOK = "/twilio/sms";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final Office office;
  private final Running linekeeper;
  private final WebServer web;
  private final String address;
  private final URI base;
  private long mark;

  OpenOffice(Path directory, int lines) {
    this(directory, lines, WEBHOOK);
  }

  /**
   * With a proxy in front.
   *
   * @param address path and query of the webhook as they stand at the carrier
   */
  OpenOffice(Path directory, int lines, String address) {
    this.address = address;
    InstantSource time = () -> Instant.now().plus(ahead.get());
    office = new Office(directory, time).withLines(lines);
    OfficeFiles files = new OfficeFiles(office);
    files.write();
    base = URI.create("http://127.0.0.1:" + freePort());
    office.write(
        "linekeeper.yml",
        files
                .linekeeper()
                .replace(
                    "poll-every: 1s", "poll-every: 1s, webhook-url: \"" + base + address + "\"")
            + "web: {port: "
            + base.getPort()
            + "}\n");
    office
        .carrier()
        .provisioning()
        .number(Office.CONTROL, Map.of("TrunkSid", Office.TRUNK, "SmsUrl", base + address));
    linekeeper = Running.on(directory, time);
    web = WebServer.start(org.linekeeper.Office.of(linekeeper.service()));
    linekeeper.healthy();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Office office() {
    return office;
  }

  Running linekeeper() {
    return linekeeper;
  }

  URI base() {
    return base;
  }

  /** The time of day goes on by so much, for Linekeeper and the carrier. */
  void later(Duration time) {
    ahead.updateAndGet(time::plus);
  }

  /** Somebody texts the control number. */
  String text(String from, String body) {
    return office.carrier().staffTexts(from, Office.CONTROL, body);
  }

  /** The webhook's form for a text, as the carrier sends it. */
  Map<String, String> form(String from, String body) {
    Map<String, String> form = new TreeMap<>();
    form.put("MessageSid", "SM0123456789abcdef0123456789abcdef");
    form.put("AccountSid", office.account().sid());
    form.put("From", from);
    form.put("To", Office.CONTROL);
    form.put("Body", body);
    form.put("NumMedia", "0");
    return form;
  }

  HttpResponse<String> webhook(Map<String, String> form, String signature) {
    String encoded =
        form.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return post(
        WEBHOOK + address.replaceFirst("[^?]*", ""),
        "application/x-www-form-urlencoded",
        encoded.getBytes(UTF_8),
        "X-Twilio-Signature",
        signature);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** HMAC-SHA1 over the URL and the sorted fields (Twilio docs "Webhooks security"). */
  String signature(Map<String, String> form, String token) {
    StringBuilder signed = new StringBuilder(base + address);
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** From here on the journal's sentences count. */
  void mark() {
    mark = linekeeper.service().journal().latest(1).get(0).number();
  }

  /** How many of the journal's sentences since then contain that. */
  long recorded(String words) {
    return linekeeper.service().journal().latest(1_000).stream()
        .filter(record -> record.number() > mark)
        .filter(record -> record.entry().sentence().contains(words))
        .count();
  }

  /** The challenge code in the latest text on that mobile. */
  String code(String mobile) {
    List<String> inbox = office.inbox(mobile);
    return inbox.get(inbox.size() - 1).replaceAll("(?s).*?Reply (\\d{6}).*", "$1");
  }

  @Override
  public void close() {
    web.close();
    linekeeper.close();
    office.close();
  }
}
