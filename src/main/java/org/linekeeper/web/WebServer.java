package org.linekeeper.web;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.web.security.Access;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The running web server: page, API, health and metrics on one port. */
public final class WebServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final WebSettings settings;

  private WebServer(ConfigurableApplicationContext context, WebSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  /**
   * Starts it; returns once it answers.
   *
   * @param more ready-made controllers and meter binders of somebody else's, such as the demo's
   * @throws RuntimeException if the port is taken or the certificate cannot be read
   */
  public static WebServer start(Backend backend, Object... more) {
    SpringApplication application = new SpringApplication(WebApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.setAddCommandLineProperties(true);
    application.addInitializers(context -> prepare(context, backend, List.of(more)));
    // Only the file in the jar: one that lies about in the working directory is not for us.
    return new WebServer(
        application.run("--spring.config.location=classpath:/application.yml"), backend.settings());
  }

  private static void prepare(
      ConfigurableApplicationContext context, Backend backend, List<Object> more) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("linekeeper.yml", properties(backend.settings())));
    ((GenericApplicationContext) context).registerBean(Backend.class, () -> backend);
    more.forEach(
        bean -> context.getBeanFactory().registerSingleton(bean.getClass().getName(), bean));
  }

  private static Map<String, Object> properties(WebSettings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.address", settings.bind());
    properties.put("server.port", settings.port());
    // a request that does not end must not hold up a restart for the half minute that is usual
    properties.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
    boolean login = Access.of(settings).login();
    properties.put("management.endpoint.health.show-details", login ? "when-authorized" : "always");
    if (settings.publicUrl().isPresent()) {
      // The proxy in front says who really asks. Left to itself, Tomcat believes that of every
      // private address: then anybody in the office could be anybody, as often as they like.
      properties.put("server.forward-headers-strategy", "native");
      properties.put("server.tomcat.remoteip.internal-proxies", proxies(settings));
    }
    settings
        .tls()
        .ifPresent(
            tls -> {
              properties.put("server.ssl.certificate", tls.certificate().toUri().toString());
              properties.put("server.ssl.certificate-private-key", tls.key().toUri().toString());
            });
    return properties;
  }

  /** The addresses that are believed, as Tomcat compares them. */
  private static String proxies(WebSettings settings) {
    return Stream.concat(
            Stream.of("127.0.0.1", "0:0:0:0:0:0:0:1"), settings.trustedProxies().stream())
        .map(Pattern::quote)
        .collect(Collectors.joining("|"));
  }

  /** The port it listens on, also where any free one was asked for. */
  public int port() {
    var server = ((WebServerApplicationContext) context).getWebServer();
    if (server == null) {
      throw new IllegalStateException("the web server is closed");
    }
    return server.getPort();
  }

  /** What to open in a browser on this machine. */
  public URI address() {
    String host = settings.bind().equals("0.0.0.0") ? "localhost" : settings.bind();
    return URI.create(
        (settings.tls().isPresent() ? "https://" : "http://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port());
  }

  @Override
  public void close() {
    context.close();
  }
}
