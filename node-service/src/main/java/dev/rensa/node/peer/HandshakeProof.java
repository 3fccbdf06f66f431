package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.Schnorr;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.Signature;

/**
 * The signature with which a node proves that it holds its node key. It covers both greetings whole, and with them both
 * challenges (no replay), the network, both node keys, and beyond them the signer's role (no reflection to its maker). On
 * TLS it covers the session's exported key as well (RFC 9266), so that nobody in the middle can pass proofs on from one
 * session to another. Without TLS it binds keys and not the connection: somebody in the middle who passes greetings and
 * proofs on unchanged can read and alter what follows.
 */
final class HandshakeProof {

    /** BIP-340 tag of the message that is signed. */
    static final String TAG = "rensa/handshake";

    private static final byte[] DIALER = {0};
    private static final byte[] LISTENER = {1};

    private HandshakeProof() {}

    /** The signer's proof over the bodies of both greetings and the binding of their TLS session, empty without one. */
    static Signature sign(
            NodeIdentity signer, boolean signerDialed, byte[] dialerHello, byte[] listenerHello, byte[] binding) {
        return signer.sign(message(signerDialed, dialerHello, listenerHello, binding));
    }

    static boolean verify(
            NodeKey signer,
            boolean signerDialed,
            byte[] dialerHello,
            byte[] listenerHello,
            byte[] binding,
            Signature proof) {
        return Schnorr.verify(signer.key(), message(signerDialed, dialerHello, listenerHello, binding), proof);
    }

    /** The 32 bytes that are signed. */
    static byte[] message(boolean signerDialed, byte[] dialerHello, byte[] listenerHello, byte[] binding) {
        return Sha256.taggedHash(
                TAG, signerDialed ? DIALER : LISTENER, Sha256.hash(dialerHello), Sha256.hash(listenerHello), binding);
    }
}
