package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import java.util.Optional;

/**
 * One node: its lab, and orders, which are made with its admin key. Every call blocks for a bounded time; {@link NodeRefusalException} has the
 * node's own words.
 */
public interface LabNode extends AutoCloseable {

    LabView lab() throws NodeTroubleException, NodeRefusalException;

    LabView disturb(LinkFaultRequest fault) throws NodeTroubleException, NodeRefusalException;

    LabView heal(String nodeKey) throws NodeTroubleException, NodeRefusalException;

    LabView healAll() throws NodeTroubleException, NodeRefusalException;

    void startMining() throws NodeTroubleException, NodeRefusalException;

    /**
     * Stops the miner.
     *
     * @param forSeconds after what time it goes on by itself; never if empty
     */
    void stopMining(Optional<Long> forSeconds) throws NodeTroubleException, NodeRefusalException;

    /** Mines at once; takes as long as the blocks take, two minutes at most. */
    MinedView mine(MineRequest wish) throws NodeTroubleException, NodeRefusalException;

    /** Frees the connections; later calls fail. */
    @Override
    void close();
}
