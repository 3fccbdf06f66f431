package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.Schnorr;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.Signature;

/**
 * The signature with which a node proves that it holds its node key. It covers both greetings whole, and with them both
 * challenges (no replay), the network, both node keys, and beyond them the signer's role (no reflection to its maker). It
 * binds keys, not the connection: somebody in the middle who passes greetings and proofs on unchanged can still read and
 * alter what follows, as on any connection without TLS.
 */
final class HandshakeProof {

    /** BIP-340 tag of the message that is signed. */
    static final String TAG = "rensa/handshake";

    private static final byte[] DIALER = {0};
    private static final byte[] LISTENER = {1};

    private HandshakeProof() {}

    /** The signer's proof over the bodies of both greetings. */
    static Signature sign(NodeIdentity signer, boolean signerDialed, byte[] dialerHello, byte[] listenerHello) {
        return signer.sign(message(signerDialed, dialerHello, listenerHello));
    }

    static boolean verify(
            NodeKey signer, boolean signerDialed, byte[] dialerHello, byte[] listenerHello, Signature proof) {
        return Schnorr.verify(signer.key(), message(signerDialed, dialerHello, listenerHello), proof);
    }

    /** The 32 bytes that are signed. */
    static byte[] message(boolean signerDialed, byte[] dialerHello, byte[] listenerHello) {
        return Sha256.taggedHash(
                TAG, signerDialed ? DIALER : LISTENER, Sha256.hash(dialerHello), Sha256.hash(listenerHello));
    }
}
