package org.linekeeper.office;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linekeeper.contract.ContractRecorder;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.Exchange;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.carrier.SipCallLeg;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.time.Ticker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything around Linekeeper: two PBXs, a carrier, mobiles, and the settings files. */
final class Office implements AutoCloseable {
  static final String CONTROL = "+441632960999";
  static final String ALICE = "+447700900101";
  static final String BOB = "+447700900102";
  static final String TRUNK = Provisioning.trunkSid("office");
  static final String AMI_PASSWORD = "ami-password-of-the-office";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final Account account;
  private final IoLoop loop;
  private final SimulatedCarrier carrier;
  private final ContractRecorder contract;
  private final SimulatedPbx primary;
  private final SimulatedPbx standby;
  private final List<String> lines = new ArrayList<>();

  Office(Path directory) {
    this(directory, InstantSource.system());
  }

  /** With a carrier that goes by that time. */
  Office(Path directory, InstantSource time) {
    this(directory, time, Account.demo(), AMI_PASSWORD);
  }

  Office(Path directory, Account account, String amiPassword) {
    this(directory, InstantSource.system(), account, amiPassword);
  }

  private Office(Path directory, InstantSource time, Account account, String amiPassword) {
    this.directory = directory;
    this.account = account;
    try {
      loop = IoLoop.start("office-sip", Ticker.system());
      primary = pbx("primary", amiPassword);
      standby = pbx("standby", amiPassword);
      carrier =
          SimulatedCarrier.start(
              new InetSocketAddress("127.0.0.1", 0),
              account,
              time,
              new SipCallLeg(new SipCaller(loop), Duration.ofMillis(20)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    contract = ContractRecorder.attach(carrier);
    Provisioning bought = carrier.provisioning();
    bought.trunk("office", null);
    bought.originationUrl(TRUNK, "primary", uri(primary), 10, 10);
    bought.originationUrl(TRUNK, "standby", uri(standby), 20, 10);
    bought.application("Queue", "https://example.com/queue");
    bought.number(CONTROL, Map.of("TrunkSid", TRUNK));
    bought.mobile(ALICE);
    bought.mobile(BOB);
  }

  private SimulatedPbx pbx(String name, String password) throws IOException {
    SimulatedPbx pbx =
        new SimulatedPbx(
            loop, InstantSource.system(), PbxSettings.onLoopback(name, "linekeeper", password));
    pbx.start();
    return pbx;
  }

  private static String uri(SimulatedPbx pbx) {
    return "sip:127.0.0.1:" + pbx.sipAddress().getPort();
  }

  /** Buys numbers, each left by its engineers in another way. */
  Office withLines(int count) {
    for (int i = 1; i <= count; i++) {
      String number = "+44163296%04d".formatted(i);
      carrier.provisioning().number(number, OddLines.params(i));
      lines.add(number);
    }
    return this;
  }

  List<String> lines() {
    return lines;
  }

  Path directory() {
    return directory;
  }

  Account account() {
    return account;
  }

  SimulatedCarrier carrier() {
    return carrier;
  }

  /** What Linekeeper asked of the carrier, held against Twilio's description. */
  ContractRecorder contract() {
    return contract;
  }

  SimulatedPbx primary() {
    return primary;
  }

  SimulatedPbx standby() {
    return standby;
  }

  /**
   * Everything that the carrier shows of a number, but the date of the last change. What was never
   * set is null at the carrier and can only be put back as empty.
   */
  Map<String, Object> record(String number) {
    Map<String, Object> shown = new TreeMap<>();
    carrier
        .provisioning()
        .number(number)
        .forEach((field, value) -> shown.put(field, value == null ? "" : value));
    shown.remove("date_updated");
    return shown;
  }

  Map<String, Map<String, Object>> records() {
    return lines.stream()
        .collect(Collectors.toMap(n -> n, this::record, (a, b) -> b, TreeMap::new));
  }

  boolean diverted(String number) {
    Map<String, Object> shown = record(number);
    return shown.get("trunk_sid").equals("")
        && shown.get("voice_application_sid").equals("")
        && String.valueOf(shown.get("voice_url")).contains("/twiml/divert?to=%2B44770090010");
  }

  /** An origination URL's whole record at the carrier. */
  JsonNode row(String pbx) {
    String path = "/v1/Trunks/" + TRUNK + "/OriginationUrls/";
    String login = account.sid() + ":" + account.authToken();
    HttpRequest request =
        HttpRequest.newBuilder(
                carrier.baseUrl().resolve(path + Provisioning.originationUrlSid(pbx)))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int priority(String pbx) {
    return row(pbx).path("priority").asInt();
  }

  /** Requests that change a number or an origination URL, in the order of their answers. */
  List<Exchange> changes() {
    return carrier.exchanges().stream().filter(Office::isChange).toList();
  }

  static boolean isChange(Exchange exchange) {
    return exchange.request().method().equals("POST")
        && !exchange.request().path().contains("/Messages");
  }

  /** The texts on a mobile, oldest first. */
  List<String> inbox(String mobile) {
    return carrier.mobiles().stream()
        .filter(m -> m.number().equals(mobile))
        .flatMap(m -> m.inbox().stream())
        .map(text -> text.body())
        .toList();
  }

  /** Writes a settings file, or any other, into the directory. */
  Office write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** What a settings file says now. */
  String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    carrier.close();
    primary.close();
    standby.close();
    loop.close();
    contract.assertKept();
  }
}
