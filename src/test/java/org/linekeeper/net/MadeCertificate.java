package org.linekeeper.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of a test's own making, issued by a made authority, with its key. */
public final class MadeCertificate {
  private static final String PASS = "for-this-test";

  private final KeyStore store;

  /** PEM of the authority, to be trusted. */
  public final Path authority;

  /** PEM of the certificate. */
  public final Path certificate;

  /** PEM of its key. */
  public final Path key;

  private MadeCertificate(KeyStore store, Path authority, Path certificate, Path key) {
    this.store = store;
    this.authority = authority;
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Makes one.
   *
   * @param san such as {@code ip:127.0.0.1} or {@code dns:pbx.example.org}
   * @param days the first and the last day, counted from today, such as -10 and 30
   */
  public static MadeCertificate make(Path directory, String san, int... days) throws Exception {
    Path home = Files.createTempDirectory(directory, "made");
    Path store = home.resolve("store.p12");
    keytool(
        store,
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-dname",
        "CN=Made Authority",
        "-ext",
        "bc:c",
        "-startdate",
        "-400d",
        "-validity",
        "4000");
    keytool(
        store,
        "-genkeypair",
        "-alias",
        "pbx",
        "-keyalg",
        "EC",
        "-dname",
        "CN=pbx",
        "-signer",
        "ca",
        "-ext",
        "san=" + san,
        "-startdate",
        days[0] + "d",
        "-validity",
        Integer.toString(days[1] - days[0]));
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASS.toCharArray());
    }
    return new MadeCertificate(
        made,
        write(home, "ca.pem", "CERTIFICATE", made.getCertificate("ca").getEncoded()),
        write(home, "pbx.pem", "CERTIFICATE", made.getCertificate("pbx").getEncoded()),
        write(home, "pbx.key", "PRIVATE KEY", made.getKey("pbx", PASS.toCharArray()).getEncoded()));
  }

  /** What a server needs that shows it. */
  public SSLContext server() throws Exception {
    KeyStore alone = KeyStore.getInstance("PKCS12");
    alone.load(null, null);
    alone.setKeyEntry(
        "pbx",
        store.getKey("pbx", PASS.toCharArray()),
        PASS.toCharArray(),
        store.getCertificateChain("pbx"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(alone, PASS.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Path write(Path home, String file, String what, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        home.resolve(file),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Stream.of(
                        List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                        List.of(arguments),
                        List.of(
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASS))
                    .flatMap(List::stream)
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as("keytool " + arguments[0]).isZero();
  }
}
