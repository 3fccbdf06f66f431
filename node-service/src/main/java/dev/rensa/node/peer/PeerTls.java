package dev.rensa.node.peer;

import java.nio.file.Path;

/**
 * TLS between nodes. Everybody's certificate must come from an authority of the trust store; host names in it are not looked
 * at, for a node is its key and addresses come and go. Version 1.3 alone, whose exported key binds the handshake's proofs.
 *
 * @param certificate PEM file of this node's certificate, its chain behind it
 * @param key PEM file of the certificate's private key (PKCS #8)
 * @param trust PEM file of the authorities
 * @param mutual whether those who dial must show a certificate too
 */
public record PeerTls(Path certificate, Path key, Path trust, boolean mutual) {}
