package dev.rensa.node.simulation;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Optional;

/** One TCP connection: what is sent arrives in order and after a while, or the connection breaks. */
final class Connection {

    private static final Rejection BROKEN = new Rejection(RejectionReason.UNREACHABLE, "the connection broke");

    private final World world;
    private final End dialer;
    private final End listener;
    private boolean open = true;

    Connection(World world, SimulatedNode dialer, SimulatedNode listener) {
        this.world = world;
        // Each says what it has now; by the time the other hears it, it may have more.
        this.dialer = new End(dialer, listener, true);
        this.listener = new End(listener, dialer, false);
        this.dialer.connect();
        this.listener.connect();
    }

    boolean joins(SimulatedNode a, SimulatedNode b) {
        return (dialer.owner == a && listener.owner == b) || (dialer.owner == b && listener.owner == a);
    }

    boolean touches(SimulatedNode node) {
        return dialer.owner == node || listener.owner == node;
    }

    SimulatedNode dialer() {
        return dialer.owner;
    }

    SimulatedNode listener() {
        return listener.owner;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether nobody believes in it any more. */
    boolean isForgotten() {
        return !open && !dialer.isBelievedIn() && !listener.isBelievedIn();
    }

    void breakDown() {
        if (open) {
            open = false;
            dialer.notice(BROKEN);
            listener.notice(BROKEN);
        }
    }

    /** One side of the connection. */
    final class End implements PeerLink {
        private final SimulatedNode owner;
        private final SimulatedNode remote;
        private final int ownerLife;
        private final PeerInfo info;
        private long readyAtMillis;
        private boolean told;
        private boolean gone;

        End(SimulatedNode owner, SimulatedNode remote, boolean outbound) {
            this.owner = owner;
            this.remote = remote;
            this.ownerLife = owner.life();
            this.info = remote.introduction(outbound);
        }

        private void connect() {
            readyAtMillis = world.schedule().nowMillis() + world.network().latencyMillis();
            at(readyAtMillis, () -> {
                if (open && isOwnerAlive()) {
                    told = true;
                    owner.run(() -> owner.events().connected(this));
                }
            });
        }

        private boolean isBelievedIn() {
            return told && !gone && isOwnerAlive();
        }

        private boolean isOwnerAlive() {
            return owner.isUp() && owner.life() == ownerLife;
        }

        private void notice(Rejection why) {
            world.schedule().after(world.network().latencyMillis(), () -> {
                if (isBelievedIn()) {
                    gone = true;
                    owner.run(() -> owner.events().disconnected(this, why));
                }
            });
        }

        private End otherEnd() {
            return this == dialer ? listener : dialer;
        }

        @Override
        public PeerInfo info() {
            return info;
        }

        @Override
        public boolean send(Message message) {
            if (!open || world.network().isFull()) {
                return false;
            }
            if (message instanceof Message.AnnounceTip && owner.isHonest()) {
                world.observer().checkWork(owner);
            }
            world.traffic().sent(message);
            Optional<Message> sent = owner.mischief().alter(message);
            sent.ifPresent(m -> otherEnd().expect(m, owner.mischief().delayMillis()));
            owner.mischief().besides(message).forEach(m -> otherEnd().expect(m, 0));
            if (owner.mischief().hangsUp()) {
                at(world.schedule().nowMillis() + world.network().latencyMillis(), Connection.this::breakDown);
            }
            return true;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        /** Lets a message arrive, behind all that were sent before it. */
        private void expect(Message message, long additionalMillis) {
            long now = world.schedule().nowMillis();
            readyAtMillis = Math.max(readyAtMillis, now + world.network().latencyMillis() + additionalMillis);
            at(readyAtMillis, () -> {
                if (open && isBelievedIn()) {
                    world.trace().add(remote + ">" + owner + " " + Words.of(message));
                    world.observer().delivered(owner, message);
                    owner.run(() -> owner.events().received(this, message));
                }
            });
        }

        private void at(long millis, Runnable task) {
            world.schedule().after(millis - world.schedule().nowMillis(), task);
        }

        @Override
        public void disconnect(Rejection rejection) {
            world.trace().add(owner + " leaves " + remote + ": " + rejection.reason());
            breakDown();
        }

        @Override
        public void penalise(int points, Rejection rejection) {
            world.trace().add(owner + " blames " + remote + " " + points + ": " + rejection);
            world.network().penalised(owner, remote, points, rejection);
        }
    }
}
