package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.RejectionReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands before TLS on a connection that somebody else made, and looks at its first byte: who does not begin TLS is told so
 * in plain text, for TLS itself would hang up without a word.
 */
final class PlaintextDetector extends ChannelInboundHandlerAdapter {

    /** Content type of the record that every TLS session begins with. */
    private static final byte TLS_HANDSHAKE = 0x16;

    private final Runnable heard;

    /** Takes what runs when a first byte is here. */
    PlaintextDetector(Runnable heard) {
        this.heard = heard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard.run();
        if (message instanceof ByteBuf bytes
                && bytes.isReadable()
                && bytes.getByte(bytes.readerIndex()) != TLS_HANDSHAKE) {
            ReferenceCountUtil.release(message);
            byte[] goodbye = Frames.of(new Message.Goodbye(RejectionReason.TLS_FAILED));
            context.writeAndFlush(Unpooled.wrappedBuffer(goodbye)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }
}
