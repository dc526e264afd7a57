package org.linekeeper.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code web:} in linekeeper.yml. */
final class WebSection {
  private WebSection() {}

  static WebSettings read(Section section, Path directory) {
    WebSettings shipped = WebSettings.defaults();
    Optional<Value> bind = section.optional("bind");
    List<Section> entries = section.optional("users").map(Value::sections).orElse(List.of());
    WebSettings web =
        new WebSettings(
            bind.flatMap(v -> v.matching("[A-Za-z0-9:.-]+", "write an address such as 127.0.0.1"))
                .orElse(shipped.bind()),
            section.optional("port").flatMap(v -> v.number(1, 65535)).orElse(shipped.port()),
            section.optional("public-url").flatMap(Value::origin),
            users(entries),
            tls(section.section("tls"), directory),
            section.optional("allow-plain-http").flatMap(Value::yesOrNo).orElse(false),
            section.optional("trusted-proxies").map(WebSection::addresses).orElse(List.of()));
    section.close();
    bind.filter(v -> !web.loopback())
        .ifPresent(v -> beyondLoopback(v, web, entries.isEmpty(), section.names()));
    return web;
  }

  private static void beyondLoopback(
      Value bind, WebSettings web, boolean noUsers, Set<String> written) {
    // Users or TLS that are written but wrong have their own problem already.
    if (noUsers) {
      bind.wrong(
          "the page would be open to the network without a login",
          "add users with a password-hash, or set bind to 127.0.0.1");
    }
    if (!written.contains("tls") && !web.plainHttpAllowed()) {
      bind.wrong(
          "passwords would cross the network unencrypted",
          "add tls, or allow-plain-http: yes if a proxy in front does TLS");
    }
  }

  private static List<WebSettings.User> users(List<Section> entries) {
    List<WebSettings.User> users = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section entry : entries) {
      Optional<Value> nameValue = entry.required("name", "the name to log in with");
      Optional<String> name = nameValue.flatMap(v -> v.matching("[\\w.@-]{1,64}", "write a word"));
      name.filter(n -> !names.add(n))
          .ifPresent(
              n ->
                  nameValue
                      .orElseThrow()
                      .wrong("two users are called " + Problem.quote(n), "remove one of them"));
      Optional<PasswordHash> password =
          entry
              .required("password-hash", "HASH, made by: java -jar linekeeper.jar hash")
              .flatMap(Hashes::read);
      WebSettings.Role role =
          entry
              .optional("role")
              .flatMap(v -> v.choice(WebSettings.Role.class))
              .orElse(WebSettings.Role.VIEWER);
      entry.close();
      if (name.isPresent() && password.isPresent()) {
        users.add(new WebSettings.User(name.get(), password.get(), role));
      }
    }
    return users;
  }

  private static List<String> addresses(Value list) {
    return list.list().stream().map(WebSection::address).flatMap(Optional::stream).toList();
  }

  /** An address in digits, never a name: no name server decides who is believed. */
  private static Optional<String> address(Value value) {
    String remedy = "write an address such as 192.0.2.7";
    return value
        .matching("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*", remedy)
        .flatMap(
            text -> {
              try {
                return Optional.of(InetAddress.getByName(text).getHostAddress());
              } catch (UnknownHostException notAnAddress) {
                return value.refused(text, remedy);
              }
            });
  }

  private static Optional<WebSettings.Tls> tls(Section section, Path directory) {
    Optional<Path> certificate =
        section.required("certificate", "PATH of a PEM file").flatMap(v -> file(v, directory));
    Optional<Path> key =
        section.required("key", "PATH of a PEM file").flatMap(v -> file(v, directory));
    section.close();
    return certificate.flatMap(c -> key.map(k -> new WebSettings.Tls(c, k)));
  }

  /** A file that must be there to start. */
  static Optional<Path> file(Value value, Path directory) {
    Optional<Path> path = value.path(directory);
    if (path.isPresent() && !Files.isReadable(path.get())) {
      value.wrong(
          value.label()
              + " names "
              + Problem.quote(path.get().toString())
              + ", which cannot be read",
          "correct the path, or let Linekeeper's user read it");
      return Optional.empty();
    }
    return path;
  }
}
