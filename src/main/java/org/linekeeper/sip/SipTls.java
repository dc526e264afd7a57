package org.linekeeper.sip;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose certificate is expected of a peer?
 *
 * @param host name or address that the certificate must carry
 * @param trust PEM file of the authority or certificate to trust; empty: those that Java trusts
 */
public record SipTls(String host, Optional<Path> trust) {}
