package org.linekeeper.actuator.dns;

import java.time.Duration;
import org.linekeeper.secret.Secret;

/**
 * How the zone's primary name server is reached.
 *
 * @param server its address: a name would have to be found in the DNS
 * @param keyName the key's name as in the server's configuration
 * @param algorithm such as {@code hmac-sha256}
 * @param secret the key, in base 64
 * @param timeout for each question and each update
 */
public record DnsAccess(
    String server, int port, String keyName, String algorithm, Secret secret, Duration timeout) {}
