package org.linekeeper.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Makes the keys with which watchers know each other: an authority that signs for nobody else, and
 * for each watcher a key and a certificate, in PEM. The JDK's own keytool does it; the authority
 * stays in {@code authority.p12}, so that a watcher can be added years later.
 */
public final class PeerKeys {
  /** They are of use between the watchers only, and an end of theirs would be an outage. */
  private static final String DAYS = "7300";

  private static final long SECONDS = 30;
  private static final String AUTHORITY = "authority";

  private final Path directory;
  private final Path store;
  private final Path secret;

  private PeerKeys(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("authority.p12");
    this.secret = directory.resolve("authority.secret");
  }

  /**
   * Makes what is missing, and leaves what is there.
   *
   * @param directory made if missing, readable by the owner only
   * @param hosts by the watcher's name, the host name or address at which the others reach it
   * @return the files that were made
   * @throws IOException if they cannot be made
   */
  public static List<Path> make(Path directory, Map<String, String> hosts) throws IOException {
    return new PeerKeys(directory).make(hosts);
  }

  /** The files that a watcher is given. */
  public static JournalGroup.Keys of(Path directory, String watcher) {
    return new JournalGroup.Keys(
        directory.resolve(watcher + ".pem"),
        directory.resolve(watcher + ".key"),
        directory.resolve("authority.pem"));
  }

  private List<Path> make(Map<String, String> hosts) throws IOException {
    OwnerOnly.make(directory);
    List<Path> made = new ArrayList<>();
    if (!Files.exists(store)) {
      write(secret, UUID.randomUUID().toString());
      generate(
          store,
          AUTHORITY,
          "Linekeeper's watchers",
          "-ext",
          "bc:c=ca:true,pathlen:0",
          "-ext",
          "ku:c=keyCertSign");
      OwnerOnly.tighten(store);
      write(authority(), pem("CERTIFICATE", encoded(certificate(store, AUTHORITY))));
      made.addAll(List.of(secret, store, authority()));
    }
    for (Map.Entry<String, String> each : hosts.entrySet()) {
      JournalGroup.Keys keys = of(directory, each.getKey());
      if (!Files.exists(keys.certificate())) {
        make(each.getKey(), each.getValue(), keys);
        made.addAll(List.of(keys.key(), keys.certificate()));
      }
    }
    return made;
  }

  private Path authority() {
    return directory.resolve("authority.pem");
  }

  private void make(String watcher, String host, JournalGroup.Keys keys) throws IOException {
    Path own = directory.resolve(watcher + ".p12");
    Path request = directory.resolve(watcher + ".csr");
    Path signed = directory.resolve(watcher + ".crt");
    try {
      generate(own, watcher, watcher);
      keytool(own, "-certreq", "-alias", watcher, "-file", request.toString());
      keytool(
          store,
          "-gencert",
          "-alias",
          AUTHORITY,
          "-infile",
          request.toString(),
          "-outfile",
          signed.toString(),
          "-rfc",
          "-validity",
          DAYS,
          "-ext",
          "san=" + (address(host) ? "ip:" : "dns:") + host,
          "-ext",
          "eku=serverAuth,clientAuth");
      write(keys.key(), pem("PRIVATE KEY", key(own, watcher)));
      write(keys.certificate(), Files.readString(signed));
    } finally {
      for (Path passing : List.of(own, request, signed)) {
        Files.deleteIfExists(passing);
      }
    }
  }

  static boolean address(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private void generate(Path into, String alias, String name, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-validity",
                DAYS));
    words.addAll(List.of(more));
    keytool(into, words.toArray(String[]::new));
  }

  private void keytool(Path keys, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(
        List.of(
            "-keystore",
            keys.toString(),
            "-storetype",
            "PKCS12",
            "-storepass:file",
            secret.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(words[0] + " of the JDK's keytool failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private byte[] key(Path keys, String alias) throws IOException {
    try {
      return open(keys).getKey(alias, secret()).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IOException(keys + " cannot be read", e);
    }
  }

  private Certificate certificate(Path keys, String alias) throws IOException {
    try {
      return open(keys).getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IOException(keys + " cannot be read", e);
    }
  }

  private KeyStore open(Path keys) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(keys.toFile(), secret());
  }

  private char[] secret() throws IOException {
    return Files.readString(secret).strip().toCharArray();
  }

  private static byte[] encoded(Certificate certificate) throws IOException {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be written", e);
    }
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private static void write(Path file, String content) throws IOException {
    DurableFile.replace(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
