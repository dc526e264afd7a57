package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a compose file says of its services, with its anchors followed. */
record Compose(Map<?, ?> file) {
  static Compose read(Path file) {
    try {
      return new Compose(
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    assertThat(in.get(key)).as(key).isInstanceOf(Map.class);
    return (Map<?, ?>) in.get(key);
  }

  private Map<?, ?> service(String name) {
    return map(map(file, "services"), name);
  }

  String name() {
    return String.valueOf(file.get("name"));
  }

  List<String> words(String service, String key) {
    return ((List<?>) service(service).get(key)).stream().map(String::valueOf).toList();
  }

  List<String> volumes(String service) {
    return words(service, "volumes");
  }

  List<String> ports(String service) {
    return words(service, "ports");
  }

  List<String> declaredVolumes() {
    return map(file, "volumes").keySet().stream().map(String::valueOf).toList();
  }

  Map<String, String> environment(String service) {
    Map<String, String> variables = new LinkedHashMap<>();
    map(service(service), "environment")
        .forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
    return variables;
  }

  /** By the service that is waited for, until when. */
  Map<String, String> dependsOn(String service) {
    Map<?, ?> conditions = map(service(service), "depends_on");
    Map<String, String> waits = new LinkedHashMap<>();
    for (Object on : conditions.keySet()) {
      waits.put(
          String.valueOf(on), String.valueOf(map(conditions, String.valueOf(on)).get("condition")));
    }
    return waits;
  }

  String address(String service) {
    return String.valueOf(map(map(service(service), "networks"), "office").get("ipv4_address"));
  }

  /** Of every service that has one. */
  List<String> addresses() {
    return map(file, "services").keySet().stream()
        .map(String::valueOf)
        .filter(service -> service(service).containsKey("networks"))
        .map(this::address)
        .toList();
  }
}
