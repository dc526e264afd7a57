package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.cli.Cli;
import org.linekeeper.cli.Programs;
import org.linekeeper.cli.Surroundings;
import org.linekeeper.settings.PasswordHash;
import org.linekeeper.settings.WebSettings;
import org.mockito.Mockito;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The page over HTTPS with the office's own certificate, asked by the real command line. */
class TlsTest {
  @TempDir private Path directory;

  @Test
  void theCommandLineTrustsTheCertificateItIsGivenAndNoOther() throws Exception {
    Scene scene = Scene.calm().with(settings());
    try (WebServer server = WebServer.start(scene.backend())) {
      String url = server.address().toString();
      assertThat(url).startsWith("https://");

      StringWriter out = new StringWriter();
      assertThat(run(url, out, "status", "--ca", certificate().toString())).isZero();
      assertThat(out.toString()).contains("The phones work.", "primary");
      assertThat(run(url, out, "return", "ALL", "--ca", certificate().toString())).isZero();
      assertThat(scene.desk.asked).containsExactly("olive by cli: RETURN ALL");

      assertThat(run(url, new StringWriter(), "status")).as("an unknown certificate").isEqualTo(3);
    }
  }

  @Test
  void theContainersHealthCheckAsksOverHttpsWhereThePageIsOnHttps() throws Exception {
    int port;
    try (WebServer server = WebServer.start(Scene.calm().with(settings()).backend())) {
      port = server.address().getPort();
      assertThat(healthy(port)).isTrue();
    }
    assertThat(healthy(port)).as("nobody there").isFalse();
    try (WebServer plain = WebServer.start(Scene.calm().backend())) {
      assertThat(healthy(plain.address().getPort())).isTrue();
    }
  }

  /** docker/healthy.sh, as the image's HEALTHCHECK runs it. */
  private static boolean healthy(int port) throws Exception {
    ProcessBuilder script = new ProcessBuilder("bash", "docker/healthy.sh");
    script.environment().put("LINEKEEPER_HEALTH_PORT", Integer.toString(port));
    Process process = script.inheritIO().start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }

  private static int run(String url, StringWriter out, String... arguments) {
    Map<String, String> env =
        Map.of("LINEKEEPER_URL", url, "LINEKEEPER_USER", "olive", "LINEKEEPER_PASSWORD", "horse");
    return Cli.run(
        new Surroundings(
            env,
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out, true),
            new PrintWriter(out, true)),
        Mockito.mock(Programs.class),
        arguments);
  }

  private WebSettings settings() throws Exception {
    Path key = directory.resolve("key.pem");
    PageTls tls = PageTls.make(directory);
    Files.writeString(certificate(), tls.certificate());
    Files.writeString(key, tls.key());
    return new WebSettings(
        "127.0.0.1",
        0,
        Optional.empty(),
        List.of(
            new WebSettings.User(
                "olive",
                new PasswordHash(new BCryptPasswordEncoder(4).encode("horse")),
                WebSettings.Role.OPERATOR)),
        Optional.of(new WebSettings.Tls(certificate(), key)),
        false);
  }

  private Path certificate() {
    return directory.resolve("certificate.pem");
  }
}
